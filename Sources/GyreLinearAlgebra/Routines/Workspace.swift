/// LAPACKE's `lapack_int`, which is a macro.
typealias LAPACKInteger = Int32

/// Memory for the length of a call of LAPACK.
enum Workspace {
    /// Calls a routine for the size of its workspace, then with the workspace.
    static func with<Scalar: LinearScalar>(
        _ routine: (UnsafeMutablePointer<Scalar>, LAPACKInteger) -> LAPACKInteger
    ) -> LAPACKInteger {
        var size: Scalar = 0
        let status = routine(&size, -1)
        guard status == 0 else { return status }
        let count = Self.count(size)
        return with(count) { routine($0, LAPACKInteger(count)) }
    }

    /// The same for routines that want integers too.
    static func with<Scalar: LinearScalar>(
        _ routine: (UnsafeMutablePointer<Scalar>, LAPACKInteger, UnsafeMutablePointer<LAPACKInteger>, LAPACKInteger) ->
            LAPACKInteger
    ) -> LAPACKInteger {
        var size: Scalar = 0
        var integerCount: LAPACKInteger = 0
        let status = routine(&size, -1, &integerCount, -1)
        guard status == 0 else { return status }
        let count = Self.count(size)
        return with(count) { work in
            with(max(1, Int(integerCount))) { routine(work, LAPACKInteger(count), $0, integerCount) }
        }
    }

    /// Room for `count` elements, not initialised.
    static func with<Element: BitwiseCopyable, Result>(
        _ count: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
    ) -> Result {
        let room = UnsafeMutablePointer<Element>.allocate(capacity: count)
        defer { room.deallocate() }
        return body(room)
    }

    /// Sizes come as scalars, and a large one may have been rounded down to a Float.
    private static func count(_ size: some LinearScalar) -> Int { max(1, Int(size.nextUp)) }

    /// Negative is an argument that LAPACK refuses: a defect here, not the caller's.
    static func check(_ status: LAPACKInteger, _ routine: StaticString) {
        precondition(status >= 0, "\(routine) refuses argument \(-Int(status))")
    }
}

/// A stride as the libraries want it: of an empty matrix too at least one.
func leading(_ stride: Int) -> Int32 { Int32(max(1, stride)) }
