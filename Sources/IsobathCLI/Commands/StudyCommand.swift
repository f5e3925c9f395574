// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathRecord
import IsobathStudy

struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Survey models × corpora from a file, ask its questions, write one report.",
    discussion: """
      Examples:
        isobath study family.yaml               everything, or what is left of it
        isobath study family.yaml --check       read it and list what would be done

      A study file, in YAML:

        title: Fine-tuning and size
        models:
          - ../models/base                      a folder, a .gguf file or a hub id
          - model: org/tuned
            name: tuned
            revision: main
          - {model: ../models/base, name: random, untrained: 1}
        corpora:
          - prose.jsonl
          - {corpus: dialogue.jsonl, name: talk, field: chosen, limit: 200}
        survey: {preparation: [paper, raw], orders: [0.5, 1, 2], max-tokens: 256}
        analyses:
          - {compare: [base, tuned], as: tuned, margin: 0.02}
          - {compare: [random, base], as: untrained}
          - {scale: all}                        or stages: [step-0, step-100]

      Options are those of 'isobath survey', 'compare', 'scale' and 'stages', without dashes. Paths are \
      relative to the file. Runs are kept in runs/FILE and the report in Reports/FILE, unless the file \
      says 'runs:' and 'output:'; 'notebooks: FOLDER' adds a notebook of each question and of the whole. \
      Interrupted, the same command goes on where it stood.
      """)

  @Argument(help: "The study file.")
  var file: String
  @Flag(help: "Check the file and list what would be done, and do nothing.")
  var check = false
  @OptionGroup var cores: ThreadOptions
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let plan = try StudyPlan(StudyFile(path: file), path: file, threads: cores.threads)
    if check {
      for cell in plan.cells {
        Terminal.output("survey\t\(cell.model.name)\t\(cell.corpus.name)\t\(cell.run)")
      }
      for asked in plan.asked {
        Terminal.output("report\t\(asked.title)\t\(Folder.join(plan.output, asked.name))")
      }
      return
    }
    try StudyRunner(plan: plan, threads: cores.threads, terminal: speech.terminal).run()
  }
}
