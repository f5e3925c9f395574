// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension HubError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAModel(let text, let fault):
      "'\(shown(text))' is not a folder, not a .gguf file and not a hub id "
        + "(org/name, org/name@revision or org/name:file.gguf): \(fault)"
    case .twoRevisions(let one, let other):
      "the model says revision '\(shown(one))' and --revision says '\(shown(other))': give one"
    case .setting(let name, let found, let expected):
      "the environment's \(name) is \(shown(found)), expected \(expected)"
    case .offline, .cache, .locked: aboutTheCache
    case .denied, .noModel, .noRevision, .noFile, .noWeights, .tooManyRequests, .status:
      aboutTheHub
    case .network, .tooManyRedirects, .redirect, .answer: aboutTheNetwork
    case .wrongSize, .wrongDigest, .noSpace, .cannotWrite: aboutFiles
    case .cancelled(let id):
      "stopped before all files of \(id) were there; the same command goes on from here"
    }
  }

  private var aboutTheCache: String {
    switch self {
    case .offline(let id, let cache, let missing):
      "\(id) is not in the cache at \(shown(cache)) (missing: \(list(missing))) and the network is "
        + "off; run 'isobath fetch \(id)' where there is one, or unset HF_HUB_OFFLINE"
    case .cache(let path, let fault): "\(shown(path)): \(fault)"
    case .locked(let path):
      "\(shown(path)): another process has been downloading this file for long; end it or wait, "
        + "then try again"
    default: ""
    }
  }

  private var aboutTheHub: String {
    switch self {
    case .denied(let id, let status, let reason, let hasToken):
      "the hub refuses \(id) (\(status)\(reason.isEmpty ? "" : ", " + shown(reason))): "
        + (hasToken
          ? "the token in use has no access; ask for it on the model's page, or set HF_TOKEN to "
            + "another one"
          : "it is private or gated, or there is no such model; check the name, or set HF_TOKEN to a "
            + "token that may read it")
    case .noModel(let id, let host):
      "\(shown(host)) has no model \(id): check the spelling of org/name"
    case .noRevision(let id, let revision):
      "\(id) has no revision '\(shown(revision))': give a branch, a tag or a commit"
    case .noFile(let id, let file, let known):
      "\(id) has no file '\(shown(file))'; it has \(list(known))"
    case .noWeights(let id, let found):
      found.contains { $0.lowercased().hasSuffix(".gguf") }
        ? "\(id) holds GGUF files only: choose one, as in \(id):\(shown(found.first ?? ""))"
          + (found.count > 1 ? " (also \(list(Array(found.dropFirst()))))" : "")
        : "\(id) has no config.json with safetensors or PyTorch weights beside it (found "
          + "\(list(found))); it cannot be surveyed"
    case .tooManyRequests(let host, let seconds):
      "\(shown(host)) allows no more requests now (429): try again "
        + (seconds.map { "in \($0) seconds" } ?? "later") + ", or set HF_TOKEN for a higher limit"
    case .status(let url, let status):
      "\(shown(url)): the server answered \(status); try again later"
    default: ""
    }
  }

  private var aboutTheNetwork: String {
    switch self {
    case .network(let host, let fault): "\(shown(host)): \(fault)"
    case .tooManyRedirects(let url, let limit):
      "\(shown(url)): redirected more than \(limit) times; check HF_ENDPOINT and the proxy"
    case .redirect(let url, let target, let reason):
      "\(shown(url)): redirected to '\(shown(target))', \(reason); check HF_ENDPOINT and the proxy"
    case .answer(let url, let what):
      "\(shown(url)): \(shown(what)); check HF_ENDPOINT, the proxy, and whether this network asks "
        + "for a login"
    default: ""
    }
  }

  private var aboutFiles: String {
    switch self {
    case .wrongSize(let file, let found, let expected):
      "\(shown(file)): \(found) bytes came where \(expected) were announced; the file was deleted, "
        + "try again"
    case .wrongDigest(let file, let found, let expected):
      "\(shown(file)): its digest is \(found), the hub announced \(expected); the file was deleted, "
        + "try again"
    case .noSpace(let folder, let needed, let free):
      "\(shown(folder)): \(needed) bytes are needed and \(free) are free; free some, or set "
        + "HF_HUB_CACHE to another place"
    case .cannotWrite(let path, let code):
      "\(shown(path)): cannot be written: \(systemMessage(code)); free some space, or set HF_HUB_CACHE "
        + "to a folder that can be written"
    default: ""
    }
  }
}

extension CacheFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .brokenLink(let target, let id):
      "a link to '\(shown(target))', which is gone; run 'isobath fetch \(id)' to get it again"
    case .outside(let target):
      "a link to '\(shown(target))', outside the cache, is not followed; remove it"
    case .notACommit(let found):
      "not a commit but '\(shown(found))'; remove the file, then fetch the model again"
    case .notAFile: "neither a file nor a link to one; remove it, then fetch the model again"
    case .unreadable(let code): "cannot be read: \(systemMessage(code))"
    case .index(let what):
      "\(shown(what)); remove the file, then fetch the model again"
    }
  }
}

extension NetworkFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSuchHost:
      "no such host; without a network, fetch the model elsewhere and set HF_HUB_OFFLINE=1"
    case .noConnection(let reason):
      "no connection (\(shown(reason))); without a network, fetch the model elsewhere and set "
        + "HF_HUB_OFFLINE=1"
    case .timeout: "no answer in time; try again, or raise HF_HUB_DOWNLOAD_TIMEOUT"
    case .cut(let reason): "the connection was cut (\(shown(reason))); try again to go on from here"
    case .tls(let reason):
      "no secure connection (\(shown(reason))); behind a proxy with its own certificate, set "
        + "SSL_CERT_FILE"
    case .other(let reason): "the request failed (\(shown(reason))); try again later"
    }
  }
}

/// Text from outside on one line, without what could drive a terminal, and not too long.
func shown(_ text: String) -> String {
  let scalars = text.unicodeScalars.prefix(300).map { scalar -> Unicode.Scalar in
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E,
      0x2066...0x2069, 0xFEFF:
      "\u{FFFD}"
    default: scalar
    }
  }
  return String(String.UnicodeScalarView(scalars))
}

private func list(_ names: [String]) -> String {
  guard !names.isEmpty else { return "nothing" }
  let first = names.prefix(5).map(shown).joined(separator: ", ")
  return names.count > 5 ? "\(first) and \(names.count - 5) more" : first
}

/// What the system says of an errno, whatever the locale.
private func systemMessage(_ code: Int32) -> String {
  switch code {
  case ENOSPC: "no space left on the device"
  case EDQUOT: "the disk quota is used up"
  case EROFS: "the file system is read-only"
  case EACCES, EPERM: "permission denied"
  default: String(cString: strerror(code))
  }
}
