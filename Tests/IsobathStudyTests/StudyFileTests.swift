// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathStudy

@Suite struct StudyFileTests {
  private func read(_ text: String) throws -> StudyFile {
    try StudyFile(YAMLText(path: "study.yaml", data: Data(text.utf8)))
  }

  private func refusal(_ text: String) -> String {
    do { _ = try read(text) } catch { return "\(error)" }
    return "read"
  }

  @Test func everyKindOfEntryIsRead() throws {
    let file = try read(
      """
      title: Tuning   # a comment
      runs: here
      notebooks: there
      reports: false
      models:
        - ../models/base.gguf
        - {model: org/tuned, name: tuned, revision: main, step: 12}
        - {model: ../models/base.gguf, name: random, untrained: 1}
      corpora:
        - prose.jsonl
        - {corpus: [a.jsonl, b.jsonl], name: both, limit: 20}
      survey: {preparation: [paper, raw], attention: false, max-tokens: 64}
      analyses:
        - {compare: [base, tuned], as: tuned, margin: 0.02, unpaired: true}
        - {scale: all, untrained: [random]}
        - stages: [base, tuned]
      """)
    #expect(file.title == "Tuning" && file.runs == "here" && file.output == nil && !file.reports)
    #expect(file.notebooks == "there")
    #expect(file.models.map(\.name) == ["base", "tuned", "random"])
    #expect(file.models[1].step == 12 && file.models[1].path == "org/tuned")
    #expect(file.models[2].options.flatMap(\.arguments) == ["--untrained", "1"])
    #expect(file.corpora.map(\.paths) == [["prose.jsonl"], ["a.jsonl", "b.jsonl"]])
    #expect(
      file.survey.flatMap(\.arguments)
        == ["--preparation", "paper,raw", "--no-attention", "--max-tokens", "64"])
    #expect(file.questions.map(\.kind) == [.compare, .scale, .stages])
    #expect(file.questions[1].models == ["base", "tuned", "random"])
    #expect(file.questions[1].untrained == ["random"])
    #expect(
      file.questions[0].options.flatMap(\.arguments)
        == ["--as", "tuned", "--margin", "0.02", "--unpaired"])
  }

  @Test(arguments: [
    ("", "nothing is in it"), ("~", "nothing is in it"),
    ("models: [a]", "'corpora' is missing"), ("- a", "takes a mapping"),
    ("models: [a]\ncorpora: [b]\nanalysis: 1", "line 3: 'analysis' is not a key here; did you"),
    ("models: [a]\ncorpora: [b]\nsurvey: {order: 1}", "did you mean 'orders'?"),
    ("models: [{name: a}]\ncorpora: [b]", "'model' is missing"),
    ("models: [{model: a, untraind: 1}]\ncorpora: [b]", "did you mean 'untrained'?"),
    ("models: [a, x/a]\ncorpora: [b]", "'a' names two of them"),
    ("models: [a]\nmodels: [b]\ncorpora: [c]", "the key 'models' stands twice"),
    ("models: &x [a]\ncorpora: *x", "anchors (&) and aliases (*)"),
    ("models: [a]\ncorpora: [b]\nanalyses: [{compare: [a, c]}]", "no model of the study is"),
    ("models: [a]\ncorpora: [b]\nanalyses: [{as: tuned}]", "one of compare, scale, stages"),
    ("models: [a]\ncorpora: [b]\nanalyses: [{stages: a, margin: 1}]", "'margin' is not a key"),
    ("models: [{model: a, step: -1}]\ncorpora: [b]", "'step' takes a whole number"),
    ("models: [[a]]\ncorpora: [b]", "takes a mapping"), ("models: a\ncorpora: [b]", "takes a list"),
    ("models: [a]\ncorpora: [b]\nreports: perhaps", "'reports' takes true or false"),
    ("models: [a\ncorpora: [b]", "not YAML"), ("models: [a]\u{0}", "not UTF-8"),
    ("title: {a: b}\nmodels: [a]\ncorpora: [b]", "'title' takes a text"),
  ])
  func whatIsWrongIsSaidInOneLine(text: String, part: String) {
    let refusal = refusal(text)
    #expect(refusal.contains(part), "\(refusal)")
    #expect(refusal.hasPrefix("study.yaml") && !refusal.contains("\n"))
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000) + "a",
    String(repeating: "? ", count: 50_000) + "a", String(repeating: "{a: ", count: 50_000),
    (0..<600).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    String(repeating: "x", count: 300_000),
    "models: [" + String(repeating: "a,", count: 5000) + "]\ncorpora: [b]",
    "a: \"\\x00\"\nb: !!binary x\nc: !<tag:evil> y",
  ])
  func hostileFilesAreRefused(text: String) {
    let refusal = refusal(text)
    #expect(refusal.hasPrefix("study.yaml") && refusal.count < 400, "\(refusal.prefix(300))")
  }

  @Test func quotesAndCommentsHideNoAlias() throws {
    let file = try read("title: \"a & b *c\" # *x\nmodels: [a*b]\ncorpora: ['&d']")
    #expect(file.title == "a & b *c" && file.models[0].name == "a*b")
    #expect(refusal("title: x'\nmodels: *a").contains("aliases"))
  }

  @Test func missingFile() {
    #expect(throws: StudyFileError(path: "none.yaml", .missing)) {
      try StudyFile(path: "none.yaml")
    }
  }
}
