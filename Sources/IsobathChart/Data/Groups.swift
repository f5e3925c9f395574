// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of one series, by index, in their own order.
struct Group: Sendable {
  let key: Value
  var rows: [Int]
}

/// Splits rows by key, in the order in which the keys first appear.
func groups(by keys: [Value]) -> [Group] {
  var places: [Value: Int] = [:]
  var groups: [Group] = []
  for (row, key) in keys.enumerated() {
    if let place = places[key] {
      groups[place].rows.append(row)
    } else {
      places[key] = groups.count
      groups.append(Group(key: key, rows: [row]))
    }
  }
  return groups
}

/// Splits what is drawable into unbroken runs: a `nil` ends a run.
func runs<Element>(_ elements: [Element?]) -> [[Element]] {
  var runs: [[Element]] = []
  var open = false
  for element in elements {
    guard let element else {
      open = false
      continue
    }
    if open {
      runs[runs.count - 1].append(element)
    } else {
      runs.append([element])
      open = true
    }
  }
  return runs
}
