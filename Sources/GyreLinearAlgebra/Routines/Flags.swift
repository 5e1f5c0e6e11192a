import CLAPACKE

/// LAPACK's letters, by what they ask for.
enum Flags {
    static let rowMajor: Int32 = LAPACK_ROW_MAJOR
    static let columnMajor: Int32 = LAPACK_COL_MAJOR

    static let lower: CChar = 76  // L
    static let right: CChar = 82  // R
    static let asIs: CChar = 78  // N
    static let transposed: CChar = 84  // T
    static let nonUnit: CChar = 78  // N
    static let one: CChar = 49  // 1
    static let infinity: CChar = 73  // I
    static let withVectors: CChar = 86  // V
    static let withoutVectors: CChar = 78  // N
    static let thin: CChar = 83  // S

    /// Of `gesdd`, which looks for not-a-number itself: its argument A is at fault.
    static let notANumber: LAPACKInteger = -5
}
