"""Writes the import graph of CPython's standard library as an edge list (CSV, header source,target).

    python3.11 python-imports.py > python-imports.csv

An edge says that the source text of one module names another in an `import` statement, wherever
the statement stands (also inside a function or an `if`). A name is resolved to the longest prefix
that is a module of the standard library: `from os import path` gives `os`, `from xml import dom`
gives `xml.dom`. Tests, site packages and names outside the standard library are left out. The
sources are parsed, never run.
"""

import ast
import pathlib
import sys
import sysconfig

LEFT_OUT = {"test", "tests", "idle_test", "__pycache__", "site-packages", "dist-packages"}


def module_files(root):
    """Module name -> source file, for everything below `root` that belongs to the standard library."""
    files = {}
    for path in sorted(root.rglob("*.py")):
        parts = list(path.relative_to(root).with_suffix("").parts)
        if LEFT_OUT.intersection(parts) or parts[0] not in sys.stdlib_module_names:
            continue
        if parts[-1] == "__init__":
            parts.pop()
        if all(part.isidentifier() for part in parts):
            files[".".join(parts)] = path
    return files


def named_modules(tree, package):
    """Absolute dotted names in the import statements of `tree`; `package` resolves relative ones."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                kept = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join(kept + ([node.module] if node.module else []))
            for alias in node.names:
                yield base if alias.name == "*" else base + "." + alias.name


def resolve(name, modules):
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("python-imports.py: expected Python 3.11, found " + sys.version.split()[0])
    files = module_files(pathlib.Path(sysconfig.get_path("stdlib")))
    modules = set(files) | (set(sys.stdlib_module_names) - LEFT_OUT)
    edges = set()
    for module, path in files.items():
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for name in named_modules(ast.parse(path.read_bytes()), package):
            target = resolve(name, modules)
            if target and target != module:
                edges.add((module, target))
    print("source,target")
    for source, target in sorted(edges):
        print(source + "," + target)


main()
