// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Where the numbers come from: the manifests of the runs.
let provenance: Section = { inputs in
  let tables = inputs.manifests.map { manifest in
    let lines = facts(manifest).map { "| \($0) | \(NotebookText.markdown($1)) |\n" }.joined()
    return "\n| run | \(NotebookText.markdown(manifest.id)) |\n|---|---|\n" + lines
  }
  guard !tables.isEmpty else { return [] }
  return [
    .markdown("provenance", "## Provenance\n" + tables.joined(separator: "\n"))
  ]
}

private func facts(_ manifest: RunManifest) -> [(String, String)] {
  let (inputs, subject) = (manifest.inputs, manifest.subject)
  var facts: [(String, String)] = [
    ("model", subject.model), ("revision", subject.revision), ("family", inputs.family),
    ("blocks, width", "\(subject.blocks), \(subject.width)"),
  ]
  facts += subject.details.map { ($0.name, $0.value.description) }
  facts += inputs.files.map { file in
    ("file", "\(file.name), \(file.bytes) bytes, sha256 \(file.digest.hex)")
  }
  facts += [
    ("corpus", subject.corpus), ("documents", "\(inputs.documents)"),
    ("texts, sha256", inputs.corpus.hex),
  ]
  facts += inputs.options.map { ($0.name, $0.value.description) }
  facts.append(("digest of all inputs", inputs.digest.hex))
  facts += manifest.sessions.map { session in
    ("surveyed", "\(session.started), Isobath \(session.isobath)")
  }
  return facts.filter { !$0.1.isEmpty }
}
