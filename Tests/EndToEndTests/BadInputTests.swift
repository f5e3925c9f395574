// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// Texts, ids, folders and options that cannot be taken: what is said, and the exit code.
@Suite(.timeLimit(.minutes(5)))
struct BadInputTests {
  private static let corpora: [Refusal] = [
    Refusal("no corpus", 66, ["corpus.jsonl"]) { _, work in
      try FileManager.default.removeItem(at: work.appending(path: "corpus.jsonl"))
    },
    corpus(
      "a line that is not JSON", ["corpus.jsonl", "line 3"],
      "{\"text\":\"a b\"}\n{\"text\":\"c\"}\nnope\n"),
    corpus("a line that is no object", ["line 2"], "{\"text\":\"a b\"}\n[1]\n"),
    corpus(
      "no field of text", ["title", "body_of_it"], "{\"title\":\"a\",\"body_of_it\":\"b\"}\n"),
    corpus("a text that is a number", ["line 1", "text"], "{\"text\":1}\n"),
    corpus("no documents", ["corpus.jsonl"], ""),
    corpus("empty lines alone", ["corpus.jsonl"], "\n\n"),
    corpus(
      "the same id twice", ["twin"],
      "{\"id\":\"twin\",\"text\":\"a\"}\n{\"id\":\"twin\",\"text\":\"b\"}\n"),
    Refusal("invalid UTF-8", 65, ["UTF-8", "line 2"]) { _, work in
      let bytes = Data("{\"text\":\"a b\"}\n{\"text\":\"".utf8) + [0xC3, 0x28] + Data("\"}\n".utf8)
      try bytes.write(to: work.appending(path: "corpus.jsonl"))
    },
    Refusal(
      "a field that is asked for and missing", 65, ["abstract", "text"],
      Refusal.survey + ["--field", "abstract"]),
    Refusal(
      "a document that is too long", 65, ["line-1", "64"], Refusal.survey + ["--long", "fail"]),
    Refusal(
      "a corpus that is a folder", 66, ["model", "it is a folder"],
      replacing("corpus.jsonl", "model")),
  ]

  private static let options: [Refusal] = [
    Refusal("an order below 0", 64, ["-1"], Refusal.survey + ["--orders=-1"]),
    Refusal("an order that is no number", 64, ["nan"], Refusal.survey + ["--orders", "1,nan"]),
    Refusal("no order", 64, ["order"], Refusal.survey + ["--orders", ""]),
    Refusal("no such site", 64, ["nonsense"], Refusal.survey + ["--sites", "nonsense"]),
    Refusal("a site too deep", 64, ["residual.9"], Refusal.survey + ["--sites", "residual.9"]),
    Refusal(
      "no such preparation", 64, ["papr", "did you mean 'paper'"],
      Refusal.survey + ["--preparation", "papr"]),
    Refusal("no preparation", 64, ["preparation"], Refusal.survey + ["--preparation", ""]),
    Refusal("no such word", 64, ["did you mean 'entropy'"], ["explain", "entropi"]),
    Refusal("no such subcommand", 64, ["surve"], ["surve"]),
    Refusal("no such option", 64, ["--corpsu"], Refusal.survey + ["--corpsu", "a.txt"]),
    Refusal("no threads", 64, ["--threads"], Refusal.survey + ["--threads", "0"]),
    Refusal("no tokens", 64, ["--max-tokens"], Refusal.survey + ["--max-tokens", "0"]),
    Refusal("no size", 64, ["lots"], Refusal.survey + ["--memory", "lots"]),
    Refusal(
      "too little memory", 69, ["3 MiB", "--memory"], Refusal.survey + ["--memory", "3MiB"]),
    Refusal("neither text nor file", 64, ["--file", "--text"], ["tokenize", "model"]),
  ]

  private static let folders: [Refusal] = [
    Refusal("a report on no run", 66, ["model"], ["report", "model", "--quiet"]),
    Refusal("a report on nothing", 66, ["nowhere"], ["report", "nowhere", "--quiet"]),
    Refusal("an export of no run", 66, ["model"], ["export", "model", "--format", "csv"]),
    Refusal("an output below a file", 73, ["corpus.jsonl"], replacing("run", "corpus.jsonl/run")),
    Refusal(
      "an output that is a file", 73, ["model/config.json"], replacing("run", "model/config.json")),
    Refusal("ids beyond the vocabulary", 65, ["160"], states()) { _, work in
      try write("[[1, 2], [3, 160]]", in: work)
    },
    Refusal("ids below 0", 65, ["-1"], states()) { _, work in try write("[[-1]]", in: work) },
    Refusal("ids that are no arrays", 65, ["ids.json"], states()) { _, work in
      try write("[1, 2]", in: work)
    },
    Refusal("ids that are no numbers", 65, ["ids.json"], states()) { _, work in
      try write("[[\"a\"]]", in: work)
    },
    Refusal("ids beyond 32 bits", 65, ["ids.json"], states()) { _, work in
      try write("[[4294967296]]", in: work)
    },
    Refusal("ids of nothing", 65, ["ids.json"], states()) { _, work in try write("[]", in: work) },
    Refusal("a document of no ids", 65, ["token"], states()) { _, work in
      try write("[[]]", in: work)
    },
    Refusal("ids that are no JSON", 65, ["ids.json"], states()) { _, work in
      try write("[[1,", in: work)
    },
    Refusal("more ids than positions", 65, ["65", "64"], states()) { _, work in
      try write("[[" + Array(repeating: "1", count: 65).joined(separator: ",") + "]]", in: work)
    },
    Refusal("no ids", 66, ["ids.json"], states()),
    Refusal("states below a file", 73, ["ids.json/states"], states("ids.json/states")) { _, work in
      try write("[[1, 2]]", in: work)
    },
    Refusal(
      "texts that are no strings", 65, ["ids.json"], ["tokenize", "model", "--file", "ids.json"]
    ) { _, work in try write("[1]", in: work) },
  ]

  private static func corpus(_ name: String, _ says: [String], _ text: String) -> Refusal {
    Refusal(name, 65, says) { _, work in
      try Data(text.utf8).write(to: work.appending(path: "corpus.jsonl"))
    }
  }

  private static func replacing(_ word: String, _ other: String) -> [String] {
    Refusal.survey.map { $0 == word ? other : $0 }
  }

  private static func states(_ output: String = "states.safetensors") -> [String] {
    ["states", "model", "--ids", "ids.json", "--output", output, "--quiet"]
  }

  private static func write(_ ids: String, in work: URL) throws {
    try Data(ids.utf8).write(to: work.appending(path: "ids.json"))
  }

  @Test(arguments: corpora)
  func refusesTheTexts(refusal: Refusal) throws { try refusal.check() }

  @Test(arguments: options)
  func refusesTheOption(refusal: Refusal) throws { try refusal.check() }

  @Test(arguments: folders)
  func refusesTheFolderOrIds(refusal: Refusal) throws { try refusal.check() }
}
