import Gyre
import GyreFormats
import Synchronization

/// Shows on standard error how far a run is: a line that is written over on a terminal, else a line each time.
final class ProgressBar: Sendable {
    private struct State {
        var lastShown: ContinuousClock.Instant?
        /// What was left out since, because the last line was too young.
        var pending: String?
        var isDrawn = false
    }

    private let isShown: Bool
    private let isTerminal = StandardError.isTerminal
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(_ choice: ProgressChoice) {
        isShown =
            switch choice {
            case .auto: StandardError.isTerminal
            case .always: true
            case .never: false
            }
    }

    /// Shows a line if a tenth of a second has passed since the one before; `line` is given the run's seconds.
    func show(_ line: (Double) -> String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        state.withLock { state in
            let text = line(start.duration(to: now).seconds)
            if let last = state.lastShown, last.duration(to: now) < .milliseconds(100) {
                state.pending = text
            } else {
                state.lastShown = now
                draw(text, in: &state)
            }
        }
    }

    /// Ends the bar: gone from a terminal; elsewhere the last line that was left out follows.
    func end() {
        guard isShown else { return }
        state.withLock { state in
            if !isTerminal, let text = state.pending { draw(text, in: &state) }
            if isTerminal, state.isDrawn { StandardError.write("\r\u{1B}[K") }
            state = State()
        }
    }

    private func draw(_ text: String, in state: inout State) {
        StandardError.write(isTerminal ? "\r\(text)\u{1B}[K" : text + "\n")
        state.pending = nil
        state.isDrawn = true
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
