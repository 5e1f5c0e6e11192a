/// How a loop's state gets to disk and back. The rules that every type in this module keeps:
///
/// 1. **What is kept.** After a round, everything that the loop will go on from stands in its heads: the partial
///    solution, or the solution set and the next workset, or the vertices' values and who is active; and with
///    them the aggregators' values. That is the state. It is a value that the job's inputs determine, so nothing
///    outside the loop has to be kept at the same moment: sources are read again, constants are made again, and a
///    loop that no checkpoint covers runs again. A loop that has ended is kept as it ended.
/// 2. **Order of writing.** Files of state first, each synced; then the folder; then the manifest under a temporary
///    name, synced and renamed; then the folder again. Until the rename the checkpoint does not exist, after it the
///    checkpoint is whole. Older checkpoints are removed only behind it, manifests before the files they name.
/// 3. **Checksums.** The manifest names each file with its size and the CRC-32 of its bytes (zlib's, the one of gzip
///    and PNG), and carries its own. A file that is missing, too short or changed is a defect of that checkpoint,
///    and is named.
/// 4. **Recovery** is a pure function (`CheckpointRecovery`): what is found in, a decision out. The newest intact
///    checkpoint counts. One that is defective is not used; with an older intact one the run goes on from that and
///    says so, without one it is refused. A version that is not ours, or a file that is not ours, is refused.
/// 5. **One run a folder.** A run holds a lock on a file of the folder, which the system releases however the run
///    ends; another run over the same folder is refused, not merged.
/// 6. **The same job.** A manifest says of which job it is: the plan's nodes, the parallelism, the fields of the
///    types in its files, and what the caller says of its inputs. A job that differs is refused, and what differs
///    is named. The limit of rounds alone may change, as long as it is not passed yet.
public enum CheckpointRules {}
