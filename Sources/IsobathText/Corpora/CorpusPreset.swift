// SPDX-License-Identifier: GPL-3.0-or-later

/// How a paper prepares a data set: everything that decides which texts are measured.
package struct CorpusPreset: Sendable, Equatable {
  package let id: String
  /// What the data are, in a line.
  package let title: String
  /// Where the rule is from.
  package let source: String
  package let field: String
  package let keepsEmpty: Bool
  package let sample: CorpusSample?
  package let maxTokens: Int
  /// The files in their order, as the data set names them; texts may also be packed.
  package let files: [String]
  /// Where a copy of the data set may keep them.
  let folders: [String]

  init(
    id: String, title: String, source: String, field: String, keepsEmpty: Bool = true,
    sample: CorpusSample? = nil, maxTokens: Int = 2048, files: [String], folders: [String] = [""]
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.field = field
    self.keepsEmpty = keepsEmpty
    self.sample = sample
    self.maxTokens = maxTokens
    self.files = files
    self.folders = folders
  }

  /// The corpus's files: a folder stands for the data set's files in it, a file for itself.
  package func paths(_ given: [String]) throws(TextError) -> [String] {
    var paths: [String] = []
    for path in given {
      if TextFile.isFolder(path) { paths += try files(in: path) } else { paths.append(path) }
    }
    return paths
  }

  private func files(in folder: String) throws(TextError) -> [String] {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    return try files.map { file throws(TextError) in
      let packings = file.hasSuffix(".parquet") ? [] : [Packing.gzip.ending, Packing.zstd.ending]
      let names = folders.flatMap { place in ([""] + packings).map { place + file + $0 } }
      guard let name = names.first(where: { TextFile.exists(base + $0) }) else {
        throw .presetFile(preset: id, folder: folder, file: file)
      }
      return base + name
    }
  }

  /// What the preset does, for a user.
  package var about: String {
    let shown = files.count > 4 ? [files[0], "…", files[files.count - 1]] : files
    let texts = keepsEmpty ? "the field '\(field)'" : "the field '\(field)' where it is not empty"
    let drawn = sample.map { sample in
      "\(sample.count), as Python's random.seed(\(sample.seed)); "
        + "random.sample(range(n), \(sample.count)) draws them, in that order"
    }
    return """
      \(title)

        files       \(shown.joined(separator: "\n              "))
        texts       \(texts)
        documents   \(drawn ?? "all")
        cut at      \(maxTokens) tokens

      \(source)
      """
  }
}
