// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import IsobathText
import Subprocess
import Synchronization

/// One question to duckdb, its answer in JSON lines.
///
/// The program may open the file and no other, loads no extension and no start-up file, and is killed
/// with its process group when the answer is no longer wanted or the user interrupts.
struct DuckDBProcess {
  private let path: String
  private let arguments: [String]

  init(_ query: String, on path: String) {
    self.path = path
    let file = DuckDB.quoted(DuckDB.absolute(path), "'")
    arguments = [
      "-init", "/dev/null", "-batch", "-bail", "-jsonlines", "-c",
      """
      SET allowed_paths=[\(file)]; SET enable_external_access=false; \
      SET lock_configuration=true; \(query)
      """,
    ]
  }

  /// Runs it to its end, or until `take` wants no more.
  ///
  /// - Returns: whether it came to its end.
  @discardableResult
  func run(_ take: @escaping ([UInt8]) throws(TextError) -> Bool) throws(TextError) -> Bool {
    // The file's own error is plainer than the program's.
    guard access(path, R_OK) == 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    let sink = Sink(take: take)
    let done = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<Bool, TextError>>(.failure(.table(path: path, .stopped)))
    Task.detached {
      let result: Result<Bool, TextError>
      do throws(TextError) { result = .success(try await answer(sink)) } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    return try outcome.withLock { $0 }.get()
  }

  /// Called by one task at a time, while the thread that made it waits: hence Sendable.
  private struct Sink: @unchecked Sendable {
    let take: ([UInt8]) throws(TextError) -> Bool
  }

  private func answer(_ sink: Sink) async throws(TextError) -> Bool {
    var group = PlatformOptions()
    group.processGroupID = 0
    do {
      let result = try await Subprocess.run(
        .name("duckdb"), arguments: Arguments(arguments), platformOptions: group, input: .none,
        output: .sequence, error: .string(limit: 1 << 20)
      ) { execution in
        let watch = Task { try await DuckDBProcess.killWhenInterrupted(execution) }
        defer { watch.cancel() }
        return try await DuckDBProcess.pass(execution, to: sink)
      }
      if Interruption.isRequested { throw TextError.table(path: path, .stopped) }
      if let refusal = result.closureResult.refusal { throw refusal }
      guard result.closureResult.isWhole else { return false }
      guard result.terminationStatus.isSuccess else {
        let lines = result.standardError.split(separator: "\n")
        throw TextError.table(
          path: path, .program(lines.first.map(String.init) ?? "no reason given"))
      }
      return true
    } catch let error as TextError {
      throw error
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw .table(path: path, .noProgram)
    } catch { throw .table(path: path, .program("\(error)")) }
  }

  private typealias Call = Execution<NoInput, SequenceOutput, StringOutput<UTF8>>

  /// Hands over the output; kills the program when no more is wanted.
  private static func pass(
    _ execution: Call, to sink: Sink
  ) async throws -> (isWhole: Bool, refusal: TextError?) {
    do {
      for try await buffer in execution.standardOutput {
        guard try sink.take(buffer.withUnsafeBytes { Array($0) }) else {
          kill(execution)
          return (false, nil)
        }
      }
      return (true, nil)
    } catch let error as TextError {
      kill(execution)
      return (false, error)
    }
  }

  private static func killWhenInterrupted(_ execution: Call) async throws {
    while !Interruption.isRequested { try await Task.sleep(for: .milliseconds(50)) }
    kill(execution)
  }

  /// pip's `duckdb` is a script that starts the program: the group has both.
  private static func kill(_ execution: Call) {
    do { try execution.send(signal: .kill, toProcessGroup: true) } catch {
      Terminal.complain("isobath: duckdb had ended before it was stopped: \(error)")
    }
  }
}
