extension OrderTables {
    /// A line of `customer.tbl`; customers are numbered from 1.
    public func customerLine(_ number: Int) -> String {
        let segments = ["AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"]
        let nation = draw(number, 0, .customer, in: 0...24)
        let balance = draw(number, 1, .customer, in: -99_999...999_999)
        let segment = segments[draw(number, 2, .customer, in: 0...4)]
        let address = draw(number, 3, .customer, in: 0...999_999)
        return "\(number)|Customer#\(padded(number, 9))|\(address) Gyre Street|\(nation)|\(nation + 10)-555-0100|"
            + "\(money(balance))|\(segment)|no comment|"
    }

    /// The key of an order: eight of every 32 are used.
    func orderKey(_ number: Int) -> Int {
        (number - 1) / 8 * 32 + (number - 1) % 8 + 1
    }

    /// A line of `orders.tbl`; orders are numbered from 1.
    public func orderLine(_ number: Int) -> String {
        let priorities = ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"]
        let items = items(ofOrder: number)
        let open = items.count { $0.status == "O" }
        let status = open == items.count ? "O" : (open == 0 ? "F" : "P")
        let total = items.reduce(0) { $0 + $1.price * (100 + $1.tax) * (100 - $1.discount) / 10_000 }
        let priority = priorities[draw(number, 2, .order, in: 0...4)]
        let clerk = draw(number, 3, .order, in: 1...1_000)
        return "\(orderKey(number))|\(customer(ofOrder: number))|\(status)|\(money(total))|\(orderDate(number))|"
            + "\(priority)|Clerk#\(padded(clerk, 9))|0|no comment|"
    }

    /// The lines of `lineitem.tbl` of an order.
    public func itemLines(ofOrder number: Int) -> [String] {
        let instructions = ["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"]
        let modes = ["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"]
        return items(ofOrder: number).enumerated().map { index, item in
            "\(orderKey(number))|\(item.part)|\(item.supplier)|\(index + 1)|\(item.quantity)|\(money(item.price))|"
                + "\(money(item.discount))|\(money(item.tax))|\(item.flag)|\(item.status)|\(item.shipped)|"
                + "\(item.committed)|\(item.received)|\(instructions[item.variety % 4])|\(modes[item.variety % 7])|"
                + "no comment|"
        }
    }

    private struct Item {
        var part, supplier, quantity: Int
        /// Hundredths.
        var price, discount, tax: Int
        var flag, status: String
        var shipped, committed, received: CalendarDay
        var variety: Int
    }

    /// A third of the customers never order.
    private func customer(ofOrder number: Int) -> Int {
        var customer = draw(number, 0, .order, in: 1...max(1, customerCount))
        if customer % 3 == 0 { customer -= 1 }
        return customer
    }

    private func orderDate(_ number: Int) -> CalendarDay {
        CalendarDay(daysAfterStart: draw(number, 1, .order, in: 0...(CalendarDay.lastOrder.number)))
    }

    private func items(ofOrder number: Int) -> [Item] {
        let date = orderDate(number)
        return (0..<draw(number, 4, .order, in: 1...7)).map { index in
            let base = index * 10
            let part = draw(number, base, .item, in: 1...partCount)
            let quantity = draw(number, base + 1, .item, in: 1...50)
            // In cents, as the specification has it.
            let retail = 90_000 + part / 10 % 20_001 + 100 * (part % 1_000)
            let shipped = date + draw(number, base + 2, .item, in: 1...121)
            let received = shipped + draw(number, base + 3, .item, in: 1...30)
            let returned = draw(number, base + 4, .item, in: 0...1) == 0 ? "R" : "A"
            return Item(
                part: part, supplier: draw(number, base + 5, .item, in: 1...max(1, partCount / 20)),
                quantity: quantity, price: quantity * retail, discount: draw(number, base + 6, .item, in: 0...10),
                tax: draw(number, base + 7, .item, in: 0...8),
                flag: received <= CalendarDay.current ? returned : "N",
                status: shipped > CalendarDay.current ? "O" : "F", shipped: shipped,
                committed: date + draw(number, base + 8, .item, in: 30...90), received: received,
                variety: draw(number, base + 9, .item, in: 0...27))
        }
    }

    private func money(_ cents: Int) -> String {
        "\(cents < 0 ? "-" : "")\(abs(cents) / 100).\(padded(abs(cents) % 100, 2))"
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
