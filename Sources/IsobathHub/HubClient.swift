// SPDX-License-Identifier: GPL-3.0-or-later

/// What happens while a model is fetched.
package enum HubEvent: Sendable, Equatable {
  case planned(HubPlan)
  /// Of the files' bytes together, so many are there.
  case file(String, Step, done: Int, of: Int)

  package enum Step: Sendable, Equatable {
    /// Another process is downloading it.
    case waiting
    case receiving(Int, of: Int)
    case checking(Int)
    case done(Int)

    var bytes: Int {
      switch self {
      case .waiting: 0
      case .receiving(let bytes, _), .checking(let bytes), .done(let bytes): bytes
      }
    }
  }
}

/// Turns ids into files on this machine: from the cache, or from the hub into the cache.
///
/// A file gets its name when it is whole, its digest right and its bytes on the device; the ref that
/// makes the snapshot findable comes last. A fetch that is interrupted or killed goes on where it was.
package struct HubClient {
  package let environment: HubEnvironment
  package var patience = HubPatience()
  package var machine: HubMachine
  private let agent: String

  /// - Parameter agent: the program's name and version, sent with every request.
  package init(_ environment: HubEnvironment, agent: String, machine: HubMachine = .system) {
    self.environment = environment
    self.agent = agent
    self.machine = machine
  }

  package var cache: HubCache { HubCache(environment.cache) }

  /// The model from the cache; from the hub when it is not whole there and the network may be asked.
  package func locate(
    _ id: HubID, isOffline: Bool = false, tell: @escaping (HubEvent) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) throws(HubError) -> HubSnapshot {
    switch try cache.find(id) {
    case .complete(let snapshot): return snapshot
    case .missing(let names):
      if isOffline || environment.isOffline { throw offline(id, names) }
      return try fetch(id, tell: tell, isCancelled: isCancelled)
    }
  }

  /// What a fetch would bring, without bringing it.
  package func plan(
    _ id: HubID, isCancelled: @escaping () -> Bool = { false }
  ) throws(HubError) -> HubPlan {
    try HubPlanner(session: session(id, isCancelled), cache: cache).plan()
  }

  /// Brings everything that a survey needs and the cache lacks, and lets the revision mean what it
  /// means on the hub now.
  package func fetch(
    _ id: HubID, tell: @escaping (HubEvent) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) throws(HubError) -> HubSnapshot {
    let session = try session(id, isCancelled)
    let plan = try HubPlanner(session: session, cache: cache).plan()
    tell(.planned(plan))
    try checkSpace(plan)
    let writer = SnapshotWriter(
      cache: cache, id: id, commit: plan.snapshot.commit, usesLinks: environment.usesLinks)
    var before = plan.bytes - plan.missingBytes
    for file in plan.files where !file.isThere {
      try BlobDownload(session: session, writer: writer, file: file.file) { [before] step in
        tell(.file(file.name, step, done: before + step.bytes, of: plan.bytes))
      }()
      before += file.bytes
    }
    if id.file == nil { try writer.noteMissingTokenizer(plan.names) }
    let check = SnapshotCheck(cache: cache, id: id, commit: plan.snapshot.commit)
    if let missing = try check.missing().first {
      throw .noFile(id: id.name, file: missing, known: plan.names.sorted())
    }
    try writer.writeRef()
    return plan.snapshot
  }

  private func session(
    _ id: HubID, _ isCancelled: @escaping () -> Bool
  ) throws(HubError) -> HubSession {
    if environment.isOffline { throw offline(id, ["what the hub has now"]) }
    return try HubSession(
      id, environment, agent: agent, patience: patience, machine: machine,
      isCancelled: isCancelled)
  }

  private func offline(_ id: HubID, _ missing: [String]) -> HubError {
    .offline(id: "\(id)", cache: environment.cache, missing: missing)
  }

  /// The bytes that have to come must have room; what an earlier try left counts.
  private func checkSpace(_ plan: HubPlan) throws(HubError) {
    var needed = 0
    for file in plan.files where !file.isThere {
      let blob = file.file.digest.map { cache.blob(plan.id, $0.hex) }
      let there = blob.map { (SmallFile.size($0) ?? 0) + (SmallFile.size($0 + ".incomplete") ?? 0) }
      let (sum, isTooLarge) = needed.addingReportingOverflow(max(0, file.bytes - (there ?? 0)))
      needed = isTooLarge ? .max : sum
    }
    var folder = environment.cache
    while !SmallFile.exists(folder), folder != SmallFile.parent(of: folder) {
      folder = SmallFile.parent(of: folder)
    }
    guard let free = machine.freeBytes(folder), free < needed else { return }
    throw .noSpace(folder: folder, needed: needed, free: free)
  }
}
