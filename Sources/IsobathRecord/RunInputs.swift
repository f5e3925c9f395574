// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Everything that decides a run's numbers, and nothing else.
///
/// Two surveys with equal inputs have the same id and give the same rows, whenever, wherever and on
/// however many threads they run. Names of files are kept for the reader and do not count.
package struct RunInputs: Sendable, Equatable {
  /// One file of the model.
  package struct File: Sendable, Equatable {
    package var name: String
    package var bytes: Int
    package var digest: Digest

    package init(name: String, bytes: Int, digest: Digest) {
      self.name = name
      self.bytes = bytes
      self.digest = digest
    }
  }

  package var family: String
  /// The files that weights are read from.
  package var files: [File]
  /// Of the configuration: config.json, or a GGUF file's metadata.
  package var configuration: Digest
  /// Of what the tokenizer was made from.
  package var tokenizer: Digest
  /// How many documents the corpus has, after limits; each ends up in the store.
  package var documents: Int
  /// Of the documents' ids and texts in order (`RunningDigest`).
  package var corpus: Digest
  /// Sites, preparations, orders, positions, cuts, seed …
  package var options: [Setting]
  /// The version of the code as far as numbers depend on it.
  package var code: String

  package init(
    family: String, files: [File], configuration: Digest, tokenizer: Digest, documents: Int,
    corpus: Digest, options: [Setting], code: String
  ) {
    self.family = family
    self.files = files
    self.configuration = configuration
    self.tokenizer = tokenizer
    self.documents = documents
    self.corpus = corpus
    self.options = options
    self.code = code
  }

  /// Of what decides the numbers: files without their names and options in the order of theirs.
  package var digest: Digest { Digest(of: identity.serialized()) }

  /// Where these inputs are not those of a run that a folder holds already.
  package func differences(fromFolder stored: RunInputs) -> [RunDifference] {
    RunDifference.between(asked: identity, stored: stored.identity)
  }

  private var identity: JSONValue {
    let files = files.sorted { $0.digest.hex < $1.digest.hex }.map { file in
      JSONValue.object([("bytes", .int(file.bytes)), ("sha256", .string(file.digest.hex))])
    }
    return json(files: files, options: options.sorted { $0.name < $1.name })
  }

  var json: JSONValue {
    let files = files.map { file in
      JSONValue.object([
        ("name", .string(file.name)), ("bytes", .int(file.bytes)),
        ("sha256", .string(file.digest.hex)),
      ])
    }
    return json(files: files, options: options)
  }

  private func json(files: [JSONValue], options: [Setting]) -> JSONValue {
    .object([
      (
        "model",
        .object([
          ("family", .string(family)), ("files", .array(files)),
          ("configuration", .string(configuration.hex)), ("tokenizer", .string(tokenizer.hex)),
        ])
      ),
      (
        "corpus",
        .object([("documents", .int(documents)), ("sha256", .string(corpus.hex))])
      ),
      ("options", options.json),
      ("code", .string(code)),
    ])
  }

  static let keys = ["model", "corpus", "options", "code"]

  init(_ object: ManifestObject) throws(ManifestFault) {
    let model = try object.object("model", keys: ["family", "files", "configuration", "tokenizer"])
    family = try model.text("family")
    files = []
    for file in try model.objects("files", keys: ["name", "bytes", "sha256"]) {
      files.append(
        File(
          name: try file.text("name"), bytes: try file.count("bytes"),
          digest: try file.digest("sha256")))
    }
    configuration = try model.digest("configuration")
    tokenizer = try model.digest("tokenizer")
    let texts = try object.object("corpus", keys: ["documents", "sha256"])
    documents = try texts.count("documents")
    corpus = try texts.digest("sha256")
    options = try object.settings("options")
    code = try object.text("code")
  }
}
