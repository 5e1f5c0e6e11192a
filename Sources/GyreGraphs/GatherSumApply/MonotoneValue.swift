public import Synchronization

/// A value that can be lowered in place by several threads at once.
///
/// The conformances below are all there are: the order of values must be the order of their bits as unsigned
/// integers, which for floating point holds from 0 on.
public protocol MonotoneValue: BitwiseCopyable, Sendable, Codable, Comparable {
    /// The value that says: nothing has come here.
    static var highest: Self { get }
    /// The value below which nothing falls.
    static var lowest: Self { get }
    /// Reads a value that others may be lowering.
    static func load(_ place: UnsafeMutablePointer<Self>) -> Self
    /// Makes a value the lesser of itself and `candidate`; true where it fell.
    static func lower(_ place: UnsafeMutablePointer<Self>, to candidate: Self) -> Bool
    /// The sum, for step widths.
    func advanced(byStep step: Self) -> Self
}

extension UInt32: MonotoneValue {
    @inlinable
    public static var highest: UInt32 { .max }
    @inlinable
    public static var lowest: UInt32 { 0 }
    @inlinable
    public func advanced(byStep step: UInt32) -> UInt32 { addingReportingOverflow(step).overflow ? .max : self &+ step }

    @inlinable @inline(__always)
    public static func load(_ place: UnsafeMutablePointer<UInt32>) -> UInt32 {
        AtomicPlace.of(place).pointee.load(ordering: .relaxed)
    }

    @inlinable @inline(__always)
    public static func lower(_ place: UnsafeMutablePointer<UInt32>, to candidate: UInt32) -> Bool {
        let atomic = AtomicPlace.of(place)
        var seen = atomic.pointee.load(ordering: .relaxed)
        while candidate < seen {
            let (exchanged, original) = atomic.pointee.weakCompareExchange(
                expected: seen, desired: candidate, ordering: .relaxed)
            if exchanged { return true }
            seen = original
        }
        return false
    }
}

extension Double: MonotoneValue {
    @inlinable
    public static var highest: Double { .infinity }
    @inlinable
    public static var lowest: Double { 0 }
    @inlinable
    public func advanced(byStep step: Double) -> Double { self + step }

    @inlinable @inline(__always)
    public static func load(_ place: UnsafeMutablePointer<Double>) -> Double {
        Double(bitPattern: AtomicPlace.of(place).pointee.load(ordering: .relaxed))
    }

    @inlinable @inline(__always)
    public static func lower(_ place: UnsafeMutablePointer<Double>, to candidate: Double) -> Bool {
        let atomic = AtomicPlace.of(place)
        let desired = candidate.bitPattern
        var seen = atomic.pointee.load(ordering: .relaxed)
        while desired < seen {
            let (exchanged, original) = atomic.pointee.weakCompareExchange(
                expected: seen, desired: desired, ordering: .relaxed)
            if exchanged { return true }
            seen = original
        }
        return false
    }
}

/// Plain memory seen as atomics of the same size and alignment.
@usableFromInline
enum AtomicPlace {
    @inlinable @inline(__always)
    static func of(_ place: UnsafeMutablePointer<UInt32>) -> UnsafeMutablePointer<Atomic<UInt32>> {
        UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    @inlinable @inline(__always)
    static func of(_ place: UnsafeMutablePointer<UInt64>) -> UnsafeMutablePointer<Atomic<UInt64>> {
        UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    @inlinable @inline(__always)
    static func of(_ place: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<Atomic<UInt64>> {
        UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<UInt64>.self)
    }
}
