/// A day of the Gregorian calendar, from the first day of the tables on.
struct CalendarDay: Comparable, CustomStringConvertible {
    /// Days after 1992-01-01.
    var number: Int

    init(daysAfterStart number: Int) {
        self.number = number
    }

    /// 1995-06-17, the day on which the tables are looked at.
    static let current = CalendarDay(daysAfterStart: 1263)
    /// 1998-08-02.
    static let lastOrder = CalendarDay(daysAfterStart: 2405)

    static func + (day: CalendarDay, days: Int) -> CalendarDay {
        CalendarDay(daysAfterStart: day.number + days)
    }

    static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }

    /// Year, month and day, by ISO 8601.
    var description: String {
        var (year, left) = (1992, number)
        while left >= CalendarDay.days(inYear: year) {
            left -= CalendarDay.days(inYear: year)
            year += 1
        }
        var month = 1
        while left >= CalendarDay.days(inMonth: month, of: year) {
            left -= CalendarDay.days(inMonth: month, of: year)
            month += 1
        }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(left + 1 < 10 ? "0" : "")\(left + 1)"
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(inYear year: Int) -> Int { isLeap(year) ? 366 : 365 }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
