// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// Corpora of every kind that cannot be taken: what is said, and the exit code.
@Suite(.timeLimit(.minutes(5)))
struct CorpusRefusalTests {
  private static let refusals: [Refusal] = [
    refusal(
      "an ending that says nothing", 78, ["corpus.docx", ".jsonl", ".csv", ".parquet"],
      "corpus.docx"),
    refusal("gzip that ends too soon", 65, ["corpus.csv.gz", "too soon"], "corpus.csv.gz") {
      try fixture("texts.csv.gz").dropLast(9)
    },
    refusal("zstd that ends too soon", 65, ["corpus.csv.zst", "too soon"], "corpus.csv.zst") {
      try fixture("texts.csv.zst").dropLast(3)
    },
    refusal("what follows gzip", 65, ["corpus.csv.gz", "follows"], "corpus.csv.gz") {
      try fixture("texts.csv.gz") + Data("more".utf8)
    },
    refusal("a bomb of gzip", 65, ["corpus.txt.gz", "250 times"], "corpus.txt.gz") {
      try fixture("bomb.txt.gz")
    },
    refusal("a bomb of zstd", 65, ["corpus.txt.zst", "250 times"], "corpus.txt.zst") {
      try fixture("bomb.txt.zst")
    },
    refusal("a window of 256 MiB", 65, ["corpus.txt.zst", "128 MiB"], "corpus.txt.zst") {
      try fixture("window.txt.zst")
    },
    refusal("gzip in name alone", 65, ["corpus.txt.gz", "something else"], "corpus.txt.gz"),
    refusal("a quote without end", 65, ["corpus.csv", "line 2"], "corpus.csv") {
      Data("text\n\"a".utf8)
    },
    refusal("a row that is too long", 65, ["corpus.tsv", "line 2"], "corpus.tsv") {
      Data("text\na\tb\n".utf8)
    },
    Refusal(
      "a sample of more than there is", 65, ["corpus.jsonl", "3 documents", "4"],
      Refusal.survey + ["--sample", "4"]),
    Refusal("a sample of none", 64, ["--sample"], Refusal.survey + ["--sample", "0"]),
    Refusal("a seed of nothing", 64, ["--sample"], Refusal.survey + ["--sample-seed", "4"]),
    Refusal(
      "no such preset", 64, ["did you mean 'dolly'"], Refusal.survey + ["--preset", "doly"]),
    Refusal(
      "a preset's folder without its files", 66, ["model", "hh-rlhf", "harmless-base/test.jsonl"],
      ["survey", "model", "--corpus", "model", "--preset", "hh-rlhf", "--quiet"]),
    Refusal(
      "a file given twice", 64, ["corpus.jsonl", "twice"],
      Refusal.survey + ["--corpus", "./corpus.jsonl"]),
    without(
      duckdb: refusal("Parquet without duckdb", 69, ["pip install duckdb-cli"], "corpus.parquet")),
  ]

  /// A survey of one file, which holds these bytes.
  private static func refusal(
    _ name: String, _ code: Int32, _ says: [String], _ file: String,
    _ bytes: @escaping @Sendable () throws -> Data = { Data("only text\n".utf8) }
  ) -> Refusal {
    let call = Refusal.survey.map { $0 == "corpus.jsonl" ? file : $0 }
    return Refusal(name, code, says, call) { _, work in
      try bytes().write(to: work.appending(path: file))
    }
  }

  private static func without(duckdb refusal: Refusal) -> Refusal {
    var refusal = refusal
    refusal.environment = ["PATH": ""]
    return refusal
  }

  private static func fixture(_ name: String) throws -> Data {
    try Fixtures.data("corpora/\(name)")
  }

  @Test(arguments: refusals) func refuses(refusal: Refusal) throws { try refusal.check() }
}
