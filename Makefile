# Developers' verbs. Users need ./run and ./test only.
.PHONY: build test format lint bench docs clean

# SwiftPM knows what is up to date; make only names the verbs.
folders = Package.swift $(wildcard Sources Algorithms Tests Benchmarks)
swift_files = find $(folders) -name .build -prune -o -name '*.swift' -print0

build:
	swift build -c release --product gyre

test:
	./test

format:
	$(swift_files) | xargs -0 swift format --in-place

lint:
	$(swift_files) | xargs -0 swift format lint --strict

# make bench lists the rows, make bench ROW=bfs runs one: Benchmarks/README.md.
bench:
	Benchmarks/run $(ROW)

# Symbol graphs of the public products, for a DocC build.
docs:
	swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members

clean:
	swift package clean
	if [ -d Tests/ClientPackage ]; then swift package clean --package-path Tests/ClientPackage; fi
	if [ -d Benchmarks ]; then swift package clean --package-path Benchmarks; fi
