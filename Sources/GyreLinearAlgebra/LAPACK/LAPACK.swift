/// Factorisations on raw memory, by LAPACK: for code that has checked its shapes already.
///
/// As in `BLAS`, matrices are **row-major** with a row stride, nothing is checked, sizes of zero are fine, and a call runs
/// on the calling thread alone. Nothing is transposed on the way, except in `gelsd`: a row-major matrix is the transpose
/// of the column-major one that lies in memory alike, so that its upper triangle is LAPACK's lower one, its QR LAPACK's
/// LQ, and the two sides of its singular value decomposition change places. Matrices have to be finite; others give
/// errors or not-a-number.
public enum LAPACK {}
