// A user imports `Gyre` alone; what its API speaks of comes along.
@_exported public import GyreColumns
@_exported public import GyreFormats
@_exported public import GyreOperators
@_exported public import GyrePlan
@_exported public import GyreRuntime
@_exported public import GyreState
@_exported public import GyreTime
