// SPDX-License-Identifier: GPL-3.0-or-later
import CCurl

/// What one transfer can end with instead of an answer.
enum TransportFault: Error {
  case network(NetworkFault)
  /// The one who takes the body has had enough.
  case refused(Trouble)
  case cancelled
}

/// Makes requests with libcurl, one at a time over connections that stay open. It follows no redirect,
/// takes no encoding, reads no netrc, and always verifies certificates.
final class Transport {
  /// Takes a part of the body; the head is complete by then.
  typealias Receiver = (HTTPHead, UnsafeRawBufferPointer) throws(Trouble) -> Void

  /// Bytes a second below which a transfer counts as standing still.
  private static let slowest = 64

  private let handle: UnsafeMutableRawPointer
  private let environment: HubEnvironment
  private let agent: String

  /// Once in a process, before any thread uses the library.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// nil when the library cannot be used.
  init?(_ environment: HubEnvironment, agent: String) {
    guard Transport.isReady, let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.environment = environment
    self.agent = agent
  }

  deinit { curl_easy_cleanup(handle) }

  /// - Parameter isCancelled: asked while the transfer goes on, about once a second at least.
  func perform(
    _ request: HTTPRequest, isCancelled: () -> Bool, receive: Receiver
  ) throws(TransportFault) -> HTTPHead {
    try withoutActuallyEscaping(isCancelled) { isCancelled throws(TransportFault) in
      try withoutActuallyEscaping(receive) { receive throws(TransportFault) in
        let exchange = Exchange(isCancelled: isCancelled, receive: receive)
        return try perform(request, exchange)
      }
    }
  }

  /// Seconds since 1970 of a date as HTTP writes it.
  static func date(_ text: String) -> Int? {
    let seconds = curl_getdate(text, nil)
    return seconds >= 0 ? Int(seconds) : nil
  }

  private func perform(
    _ request: HTTPRequest, _ exchange: Exchange
  ) throws(TransportFault) -> HTTPHead {
    var headers: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(headers) }
    for line in request.headers { headers = curl_slist_append(headers, line) }
    var reason = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
    let code = reason.withUnsafeMutableBufferPointer { buffer in
      curl_easy_reset(handle)
      isobath_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
      isobath_curl_set_headers(handle, headers)
      setUp(request)
      listen(exchange)
      let code = withExtendedLifetime(exchange) { curl_easy_perform(handle) }
      isobath_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
      return code
    }
    guard code != CURLE_OK else { return exchange.head }
    if let trouble = exchange.trouble { throw .refused(trouble) }
    if exchange.wasCancelled { throw .cancelled }
    let text = String(
      decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    throw .network(
      NetworkFault(code, text.isEmpty ? String(cString: curl_easy_strerror(code)) : text))
  }

  private func setUp(_ request: HTTPRequest) {
    set(CURLOPT_URL, request.address.text)
    set(CURLOPT_USERAGENT, agent)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
    set(CURLOPT_NOPROXY, environment.withoutProxy)
    if let certificates = environment.certificates { set(CURLOPT_CAINFO, certificates) }
    set(CURLOPT_NOBODY, request.method == .head ? 1 : 0)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_BUFFERSIZE, 1 << 19)
    set(CURLOPT_CONNECTTIMEOUT, request.connectTimeout)
    set(CURLOPT_LOW_SPEED_LIMIT, Transport.slowest)
    set(CURLOPT_LOW_SPEED_TIME, request.stallTimeout)
    if request.method == .head {
      set(CURLOPT_TIMEOUT, request.connectTimeout + request.stallTimeout)
    }
  }

  private func set(_ option: CURLoption, _ value: Int) {
    isobath_curl_set_number(handle, option, value)
  }

  private func set(_ option: CURLoption, _ value: String) {
    isobath_curl_set_text(handle, option, value)
  }

  private func listen(_ exchange: Exchange) {
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    isobath_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    isobath_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
    isobath_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context)
    set(CURLOPT_NOPROGRESS, 0)
    isobath_curl_set_body_receiver(handle) { bytes, _, count, context in
      Exchange.of(context).body(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }
    isobath_curl_set_header_receiver(handle) { bytes, _, count, context in
      let line = UnsafeRawBufferPointer(start: bytes, count: count)
      return Exchange.of(context).head.take(line) ? count : 0
    }
    isobath_curl_set_watcher(handle) { context, _, _, _, _ in Exchange.of(context).goesOn() ? 0 : 1
    }
  }
}

/// What the library's callbacks know of the transfer in hand.
private final class Exchange {
  var head = HTTPHead()
  private(set) var trouble: Trouble?
  private(set) var wasCancelled = false
  private let isCancelled: () -> Bool
  private let receive: Transport.Receiver

  init(isCancelled: @escaping () -> Bool, receive: @escaping Transport.Receiver) {
    self.isCancelled = isCancelled
    self.receive = receive
  }

  /// - Parameter context: what `listen` gave; the exchange outlives the transfer.
  static func of(_ context: UnsafeMutableRawPointer?) -> Exchange {
    guard let context else { preconditionFailure("libcurl called back without its context") }
    return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  }

  func body(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard goesOn() else { return false }
    do throws(Trouble) {
      try receive(head, bytes)
      return true
    } catch {
      trouble = error
      return false
    }
  }

  func goesOn() -> Bool {
    if isCancelled() { wasCancelled = true }
    return !wasCancelled
  }
}

extension NetworkFault {
  fileprivate init(_ code: CURLcode, _ reason: String) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: self = .noSuchHost
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
      self = .noConnection(reason)
    case CURLE_OPERATION_TIMEDOUT: self = .timeout
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      self = .cut(reason)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED:
      self = .tls(reason)
    default: self = .other(reason)
    }
  }
}
