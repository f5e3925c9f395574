// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathCheckpoint
import IsobathForward
import IsobathHub
import IsobathLinear
import IsobathModel
import IsobathRecord
import IsobathStudy
import IsobathText

/// An error as the user sees it: one line, and the exit code of its kind (sysexits.h).
struct Failure {
  let message: String
  let code: Int32

  /// A message of the command's own.
  struct Stop: Error {
    let message: String
    let code: Code
  }

  enum Code: Int32 {
    case usage = 64
    case data = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case inputOutput = 74
    case temporary = 75
    case configuration = 78
  }

  /// nil for errors of the argument parser, which speaks for itself.
  init?(_ error: any Error) {
    let code: Code
    switch error {
    case let stop as Stop:
      message = stop.message
      self.code = stop.code.rawValue
      return
    case let error as CheckpointError: code = Failure.code(error)
    case let error as ModelError: code = Failure.code(error)
    case let error as TextError: code = Failure.code(error)
    case let error as RecordError: code = Failure.code(error)
    case let error as HubError: code = Failure.code(error)
    case let error as ScalingError: code = Failure.code(error)
    case let error as ComparisonError: code = Failure.code(error)
    case let error as StageError: code = Failure.code(error)
    case let error as StudyFileError: code = error.problem == .missing ? .noInput : .configuration
    case let status as ExitStatus:
      message = ""
      self.code = status.code
      return
    case WriteError.create: code = .cannotCreate
    case WriteError.write: code = .inputOutput
    case is ForwardError: code = .unavailable
    case is NoHead: code = .configuration
    case is AnalysisError: code = .usage
    case is LinearError: code = .software
    case is DemoModel.Failure: code = .unavailable
    default: return nil
    }
    message = "\(error)"
    self.code = code.rawValue
  }

  private static func code(_ error: CheckpointError) -> Code {
    switch error {
    case .missing: .noInput
    case .unreadable: .noInput
    case .config, .noInitialValues: .configuration
    case .rowLength, .tooLargeToRound: .usage
    case .shards(.missingShard, _), .gguf(.missingPart, _): .noInput
    default: .data
    }
  }

  private static func code(_ error: ModelError) -> Code {
    switch error {
    case .unknownFamily, .unknownGGUF, .unsupported, .unusedTensors, .tooFewExperts,
      .noInitialisation, .readsImages, .readsText:
      .configuration
    case .unknownSite: .usage
    case .tokenOutOfRange, .typeOutOfRange, .tooLong, .noTokens, .imageShape: .data
    }
  }

  private static func code(_ error: TextError) -> Code {
    switch error {
    case .unreadable, .presetFile: .noInput
    case .unsupported, .ending: .configuration
    case .twice: .usage
    case .table(_, .noProgram): .unavailable
    case .patternLimit: .data
    default: .data
    }
  }

  static func code(_ error: HubError) -> Code {
    switch error {
    case .notAModel, .noModel, .noRevision, .noFile: .noInput
    case .twoRevisions: .usage
    case .setting: .configuration
    case .offline, .denied, .tooManyRequests, .status, .network, .tooManyRedirects, .redirect,
      .answer, .cancelled:
      .unavailable
    case .cache, .noWeights, .wrongSize, .wrongDigest: .data
    case .noSpace: .cannotCreate
    case .cannotWrite: .inputOutput
    case .locked: .temporary
    }
  }

  private static func code(_ error: ComparisonError) -> Code {
    switch error {
    case .margin, .severalBases, .analysis(.level), .analysis(.resamples), .analysis(.threads),
      .analysis(.order):
      .usage
    case .empty, .otherShape, .pairing, .analysis(.twice): .data
    case .run(let error), .analysis(.run(let error)): code(error)
    }
  }

  private static func code(_ error: StageError) -> Code {
    switch error {
    case .few, .noStep, .sameStep, .steps: .usage
    case .otherModel: .data
    case .comparison(_, let error): code(error)
    case .analysis(let error): code(ComparisonError.analysis(error))
    }
  }

  private static func code(_ error: ScalingError) -> Code {
    switch error {
    case .fewRuns, .sameModel, .share, .noTwin, .twinMissing, .noPreparation, .noSite: .usage
    case .noParameters, .noDocuments, .otherDocuments, .noValues: .data
    case .unreadable(let error): code(error)
    }
  }

  private static func code(_ error: RecordError) -> Code {
    switch error {
    case .cannotCreate, .occupied: .cannotCreate
    case .cannotWrite: .inputOutput
    case .cannotRead(_, .missing): .noInput
    case .cannotRead: .inputOutput
    case .notARun: .noInput
    case .manifest, .newer, .foreign, .damaged, .duplicateDocument: .data
    case .locked, .busy: .temporary
    case .differs: .configuration
    case .sqlite: .software
    }
  }
}
