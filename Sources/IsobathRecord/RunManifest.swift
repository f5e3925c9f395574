// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What a run is: `run.json` in its folder.
///
/// `inputs` decide the numbers and the id; `subject` gives their names; `sessions` say when and on what
/// machine the survey ran. Nothing here reads a clock or asks the system: callers pass facts in.
package struct RunManifest: Sendable, Equatable {
  package var inputs: RunInputs
  package var subject: RunSubject
  /// One, and one more for each time that the survey was resumed.
  package var sessions: [RunSession]

  package init(inputs: RunInputs, subject: RunSubject, sessions: [RunSession]) {
    self.inputs = inputs
    self.subject = subject
    self.sessions = sessions
  }

  /// The first 16 digits of the inputs' digest: what the `run` column holds.
  package var id: String { String(inputs.digest.hex.prefix(16)) }

  /// The value of the file's `format`.
  package static let format = "isobath.run"
  /// The version of the file's format that this code writes and reads.
  package static let version = 1
  /// The file's name in the run's folder.
  package static let fileName = "run.json"
  private static let sizeLimit = 64 << 20

  /// The file's text.
  package var text: String {
    let json = JSONValue.object([
      ("format", .string(RunManifest.format)),
      ("version", .int(RunManifest.version)),
      ("id", .string(id)),
      ("digest", .string(inputs.digest.hex)),
      ("inputs", inputs.json),
      ("subject", subject.json),
      ("sessions", .array(sessions.map(\.json))),
    ])
    return json.serialized(pretty: true) + "\n"
  }

  /// Writes `run.json` into a run's folder.
  package func write(toFolder folder: String) throws(RecordError) {
    try AtomicFile.write(text, to: Folder.join(folder, RunManifest.fileName))
  }

  /// Reads `run.json` of a run's folder, strictly: each part must be there, none may be more, and the
  /// digest must be that of the inputs.
  package init(folder: String) throws(RecordError) {
    let path = Folder.join(folder, RunManifest.fileName)
    let bytes: [UInt8]
    do { bytes = try Folder.read(path, limit: RunManifest.sizeLimit) } catch {
      if case .cannotRead(_, .missing) = error {
        throw .notARun(folder: folder, missing: RunManifest.fileName)
      }
      throw error
    }
    do {
      self = try RunManifest(bytes)
    } catch {
      throw .manifest(path: path, error)
    }
  }

  private init(_ bytes: [UInt8]) throws(ManifestFault) {
    let root: JSON
    do { root = try JSONDocument(bytes).root } catch { throw .notJSON(error) }
    let version = root["version"]?.int
    guard root["format"]?.string == RunManifest.format, let version, version >= 1 else {
      throw .notAManifest
    }
    guard version <= RunManifest.version else {
      throw .newer(found: version, supported: RunManifest.version)
    }
    try self.init(root)
  }

  private init(_ root: JSON) throws(ManifestFault) {
    let keys = ["format", "version", "id", "digest", "inputs", "subject", "sessions"]
    let object = try ManifestObject(root, "", keys: keys)
    inputs = try RunInputs(try object.object("inputs", keys: RunInputs.keys))
    subject = try RunSubject(try object.object("subject", keys: RunSubject.keys))
    sessions = []
    for session in try object.objects("sessions", keys: RunSession.keys) {
      sessions.append(try RunSession(session))
    }
    let (stated, computed) = (try object.digest("digest").hex, inputs.digest.hex)
    guard stated == computed, try object.text("id") == id else {
      throw .altered(stated: stated, computed: computed)
    }
  }
}
