// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathReport
import IsobathStudy

/// Does what a study file says: surveys, questions, and the index of it all.
struct StudyRunner {
  let plan: StudyPlan
  let threads: Int
  let terminal: Terminal

  func run() throws {
    // Every model is found, or fetched, before the first survey begins.
    let surveys = try plan.cells.map { try $0.survey.options(terminal) }
    for (index, (cell, survey)) in zip(plan.cells, surveys).enumerated() {
      terminal.say(
        "[\(index + 1)/\(plan.cells.count)] \(cell.model.name) over \(cell.corpus.name)")
      _ = try SurveyRunner(survey, terminal).survey()
    }
    let answers = try plan.asked.map(answer)
    let cells = try plan.cells.map(report)
    let index = try StudyReport(
      StudyData(title: plan.file.title, cells: cells, answers: answers, file: plan.file.text))
    try index.write(to: plan.output)
    for answer in answers { Terminal.output("\(answer.title): \(answer.finding)") }
    terminal.say("wrote \(Folder.join(plan.output, "README.md"))")
    try terminal.writeNotebook(to: plan.notebooks, of: index.notebook)
  }

  private func answer(_ asked: StudyPlan.Asked) throws -> StudyAnswer {
    terminal.say(asked.title)
    let folder = Folder.join(plan.output, asked.name)
    let notebook = plan.notebooks.map { Folder.join($0, asked.name) }
    let finding: String
    switch asked.command {
    case .compare(let command):
      let report = try command.report(terminal)
      try report.write(to: folder)
      try terminal.writeNotebook(to: notebook, of: report.notebook)
      finding = report.finding
    case .scale(let command):
      let report = try command.report(terminal).report
      try report.write(to: folder)
      try command.writeNotebook(of: report, to: notebook, terminal)
      finding = report.findings.joined(separator: " ")
    case .stages(let command):
      let report = try command.report()
      try report.write(to: folder)
      try terminal.writeNotebook(to: notebook, of: report.notebook)
      finding = report.finding
    }
    return try StudyAnswer(
      title: asked.title, finding: finding, report: "\(asked.name)/README.md")
  }

  /// A run's rows for the index, and its own report where the file wants one.
  private func report(_ cell: StudyPlan.Cell) throws -> StudyCell {
    let run = try RunReader(folder: cell.run)
    let name = Folder.safeName("\(cell.model.name)-\(cell.corpus.name)")
    if plan.file.reports {
      try Report(ReportData(run, threads: threads)).write(to: Folder.join(plan.output, name))
    }
    return try StudyCell(
      model: cell.model.name, corpus: cell.corpus.name, data: StudyRun(run, threads: threads),
      report: plan.file.reports ? "\(name)/README.md" : nil)
  }
}
