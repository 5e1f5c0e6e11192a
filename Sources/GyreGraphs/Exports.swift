// Loading speaks of input files, formats and bad records; they come along, so that `GyreGraphs` is enough to load a graph.
@_exported public import GyreFormats
