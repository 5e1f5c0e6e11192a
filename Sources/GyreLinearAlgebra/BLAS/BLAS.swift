/// Products of vectors and matrices on raw memory, by OpenBLAS: for code that has checked its shapes already.
///
/// Matrices are **row-major**: element (i, j) of a matrix with row stride `s` is at `i * s + j`, and a stride is at
/// least the number of columns. Vectors are contiguous. **Nothing is checked**: neither sizes nor whether operands
/// overlap, which an output must not do with an input. Sizes of zero are fine, and then the pointers of what is empty
/// are not read; a size or stride past `Int32.max` traps.
///
/// A call runs on the calling thread alone, any number of threads may call at once, and the same operands give the same
/// bits on the same kind of processor. Not-a-number propagates, except that `beta` of zero means that the output's old
/// content is not read.
public enum BLAS {
}
