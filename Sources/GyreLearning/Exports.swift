@_exported public import GyreLinearAlgebra
