// SPDX-License-Identifier: GPL-3.0-or-later

/// What can go wrong between a model's id and its files on this machine.
package enum HubError: Error, Equatable, Sendable {
  // MARK: What was asked (exit code 66 for the first, 64 for the second, 78 for the third)
  /// Neither a path that exists nor an id.
  case notAModel(String, HubIDFault)
  /// An id names one revision and an option another.
  case twoRevisions(String, String)
  /// An environment variable that says nothing usable.
  case setting(name: String, found: String, expected: String)

  // MARK: The cache (exit code 69, 65, 75)
  /// Not in the cache, and the network may not be asked.
  case offline(id: String, cache: String, missing: [String])
  case cache(path: String, CacheFault)
  /// Another process holds the lock of a file and does not let go.
  case locked(path: String)

  // MARK: What the hub refused (exit code 69, but 66 for what it does not have)
  /// 401 or 403: the model is private or gated, or there is none of this name.
  case denied(id: String, status: Int, reason: String, hasToken: Bool)
  case noModel(id: String, host: String)
  case noRevision(id: String, revision: String)
  case noFile(id: String, file: String, known: [String])
  /// The model has no weights in a format that is read.
  case noWeights(id: String, found: [String])
  case tooManyRequests(host: String, seconds: Int?)
  case status(url: String, Int)

  // MARK: The network (exit code 69)
  case network(host: String, NetworkFault)
  case tooManyRedirects(url: String, limit: Int)
  case redirect(url: String, to: String, reason: String)
  /// An answer that a hub does not give: a web page, broken JSON, missing headers.
  case answer(url: String, what: String)

  // MARK: The files (exit code 65 for the first two, 73 or 74 for the others)
  case wrongSize(file: String, found: Int, expected: Int)
  case wrongDigest(file: String, found: String, expected: String)
  case noSpace(folder: String, needed: Int, free: Int)
  /// - Parameter code: errno.
  case cannotWrite(path: String, code: Int32)

  /// The caller asked to stop; what is there already stays for the next time.
  case cancelled(id: String)
}

/// What is wrong with a cache that another program or an earlier run left.
package enum CacheFault: Error, Equatable, Sendable {
  /// A snapshot's link whose blob is gone.
  case brokenLink(to: String, id: String)
  /// A link that leads out of the cache.
  case outside(String)
  /// A ref that holds no commit.
  case notACommit(String)
  /// Neither a file nor a link to one.
  case notAFile
  case unreadable(code: Int32)
  /// An index of shards that cannot be used.
  case index(String)
}

/// Why no answer came.
package enum NetworkFault: Error, Equatable, Sendable {
  case noSuchHost
  case noConnection(String)
  case timeout
  /// The connection ended before the answer did.
  case cut(String)
  case tls(String)
  case other(String)
}
