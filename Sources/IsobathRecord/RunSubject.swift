// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What a run is about, by name: for the reader, not part of the run's id.
package struct RunSubject: Sendable, Equatable {
  /// The model's folder, file or hub id.
  package var model: String
  package var revision: String
  package var corpus: String
  /// L, the number of blocks.
  package var blocks: Int
  /// d, the width of the states.
  package var width: Int
  /// More for the report's provenance: element types, parameters, vocabulary, licence of the texts …
  package var details: [Setting]

  package init(
    model: String, revision: String = "", corpus: String, blocks: Int, width: Int,
    details: [Setting] = []
  ) {
    self.model = model
    self.revision = revision
    self.corpus = corpus
    self.blocks = blocks
    self.width = width
    self.details = details
  }

  static let keys = ["model", "revision", "corpus", "blocks", "width", "details"]

  var json: JSONValue {
    .object([
      ("model", .string(model)), ("revision", .string(revision)), ("corpus", .string(corpus)),
      ("blocks", .int(blocks)), ("width", .int(width)), ("details", details.json),
    ])
  }

  init(_ object: ManifestObject) throws(ManifestFault) {
    model = try object.text("model")
    revision = try object.text("revision")
    corpus = try object.text("corpus")
    blocks = try object.count("blocks")
    width = try object.count("width")
    details = try object.settings("details")
  }
}

/// One stretch of surveying: a run that was interrupted has several.
package struct RunSession: Sendable, Equatable {
  /// ISO 8601, in UTC.
  package var started: String
  /// nil when the survey did not come to its end in this session.
  package var finished: String?
  /// The version of Isobath.
  package var isobath: String
  /// OpenBLAS, CPU, threads, operating system, memory plan …
  package var details: [Setting]

  package init(
    started: String, finished: String? = nil, isobath: String, details: [Setting] = []
  ) {
    self.started = started
    self.finished = finished
    self.isobath = isobath
    self.details = details
  }

  static let keys = ["started", "finished", "isobath", "details"]

  var json: JSONValue {
    .object([
      ("started", .string(started)), ("finished", finished.map(JSONValue.string) ?? .null),
      ("isobath", .string(isobath)), ("details", details.json),
    ])
  }

  init(_ object: ManifestObject) throws(ManifestFault) {
    started = try object.text("started")
    finished = try object.optionalText("finished")
    isobath = try object.text("isobath")
    details = try object.settings("details")
  }
}
