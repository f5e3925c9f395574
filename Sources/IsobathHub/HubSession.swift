// SPDX-License-Identifier: GPL-3.0-or-later

/// Requests to one hub for one model: what is sent where, which redirects are followed, and what an
/// answer that is no answer means.
struct HubSession {
  /// Which redirects are followed.
  enum Following {
    /// Those that stay on the host by their spelling; another one is the answer.
    case relative
    case all
  }

  let id: HubID
  let environment: HubEnvironment
  let patience: HubPatience
  let machine: HubMachine
  let isCancelled: () -> Bool
  private let transport: Transport
  private let endpoint: WebAddress
  private let token: String?

  private static let redirectLimit = 10
  /// Bytes of a refusal's or redirect's body that are read at most, so that the connection can stay.
  private static let discardLimit = 1 << 16

  init(
    _ id: HubID, _ environment: HubEnvironment, agent: String, patience: HubPatience,
    machine: HubMachine, isCancelled: @escaping () -> Bool
  ) throws(HubError) {
    guard let endpoint = WebAddress(environment.endpoint),
      let transport = Transport(environment, agent: agent)
    else {
      throw .network(host: environment.endpoint, .other("libcurl cannot be used"))
    }
    self.id = id
    self.environment = environment
    self.patience = patience
    self.machine = machine
    self.isCancelled = isCancelled
    self.transport = transport
    self.endpoint = endpoint
    token = try environment.token()
  }

  var retries: Retries {
    Retries(id: id, patience: patience, machine: machine, isCancelled: isCancelled)
  }

  /// The address of a path on the hub, which must be escaped.
  func address(_ path: String) throws(Trouble) -> WebAddress {
    guard let address = WebAddress(endpoint.text + path) else {
      throw .lasting(.answer(url: endpoint.text + path, what: "not an address"))
    }
    return address
  }

  /// One request and the redirects that follow from it.
  ///
  /// The token goes to the hub's own scheme, host and port, and nowhere else. `receive` gets the body of
  /// an answer with 2xx only.
  /// - Returns: a head with a status of 2xx, of 416, or a redirect that is not followed.
  func send(
    _ method: HTTPRequest.Method, _ address: WebAddress, headers: [String] = [],
    following: Following, receive: Transport.Receiver
  ) throws(Trouble) -> HTTPHead {
    var at = address
    for _ in 0...HubSession.redirectLimit {
      let head = try ask(request(method, at, headers), receive)
      guard head.isRedirect, let location = head["location"] else {
        try check(head, at)
        return head
      }
      if following == .relative, !WebAddress.isRelative(location) { return head }
      at = try target(location, from: at, staying: WebAddress.isRelative(location))
    }
    throw .lasting(.tooManyRedirects(url: address.text, limit: HubSession.redirectLimit))
  }

  private func request(
    _ method: HTTPRequest.Method, _ address: WebAddress, _ headers: [String]
  ) -> HTTPRequest {
    var lines = headers + ["Accept-Encoding: identity"]
    if let token, address.hasOrigin(of: endpoint) { lines.append("Authorization: Bearer \(token)") }
    return HTTPRequest(
      method: method, address: address, headers: lines, connectTimeout: environment.etagTimeout,
      stallTimeout: environment.downloadTimeout)
  }

  private func ask(
    _ request: HTTPRequest, _ receive: Transport.Receiver
  ) throws(Trouble) -> HTTPHead {
    var unread: HTTPHead?
    var discarded = 0
    do throws(TransportFault) {
      return try transport.perform(request, isCancelled: isCancelled) {
        head, part throws(Trouble) in
        if (200..<300).contains(head.status) { return try receive(head, part) }
        discarded += part.count
        guard discarded <= HubSession.discardLimit else {
          unread = head
          throw .lasting(.status(url: request.address.text, head.status))
        }
      }
    } catch {
      switch error {
      case .refused(let trouble):
        if let unread { return unread }
        throw trouble
      case .cancelled: throw .lasting(.cancelled(id: "\(id)"))
      case .network(let fault):
        let error = HubError.network(host: request.address.host, fault)
        switch fault {
        case .timeout, .cut: throw .passing(error)
        default: throw .lasting(error)
        }
      }
    }
  }

  private func target(
    _ location: String, from address: WebAddress, staying: Bool
  ) throws(Trouble) -> WebAddress {
    let refusal = { (reason: String) in
      Trouble.lasting(.redirect(url: address.text, to: location, reason: reason))
    }
    guard let target = address.resolving(location) else { throw refusal("which is no address") }
    guard target.isWeb else { throw refusal("which is neither http nor https") }
    guard target.scheme == "https" || address.scheme == "http" else {
      throw refusal("from a secure connection to an open one")
    }
    guard !staying || target.hasOrigin(of: address) else { throw refusal("to another host") }
    return target
  }

  private func check(_ head: HTTPHead, _ address: WebAddress) throws(Trouble) {
    switch head.status {
    case 200..<300, 416: return
    case 401, 403:
      // What stands behind a redirect refuses because a signed address has run out: ask again.
      guard address.hasOrigin(of: endpoint) else {
        throw .passing(.status(url: address.text, head.status))
      }
      throw .lasting(
        .denied(
          id: id.name, status: head.status, reason: head["x-error-message"] ?? "",
          hasToken: token != nil))
    case 404, 410: throw .lasting(missing(head, address))
    case 429:
      let seconds = retryAfter(head)
      throw .passing(.tooManyRequests(host: address.host, seconds: seconds), retryAfter: seconds)
    case 408, 500...599:
      throw .passing(.status(url: address.text, head.status), retryAfter: retryAfter(head))
    default: throw .lasting(.status(url: address.text, head.status))
    }
  }

  /// What a 404 says is not there.
  private func missing(_ head: HTTPHead, _ address: WebAddress) -> HubError {
    switch head["x-error-code"] {
    case "RevisionNotFound": .noRevision(id: id.name, revision: id.revision)
    case "EntryNotFound": .answer(url: address.text, what: "the file is in the list but not there")
    default: .noModel(id: id.name, host: endpoint.host)
    }
  }

  /// `Retry-After` in seconds; a date counts from the answer's own.
  private func retryAfter(_ head: HTTPHead) -> Int? {
    guard let text = head["retry-after"] else { return nil }
    if let seconds = head.number("retry-after") { return seconds }
    guard let until = Transport.date(text), let now = Transport.date(head["date"] ?? "") else {
      return nil
    }
    return max(0, until - now)
  }
}
