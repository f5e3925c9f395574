// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON

/// Reads whole files, with errors that name them.
enum TextFile {
  static func bytes(_ path: String) throws(TextError) -> [UInt8] {
    do { return Array(try Data(contentsOf: URL(filePath: path))) } catch {
      throw .unreadable(path: path, reason: reason(error))
    }
  }

  static func json(_ path: String) throws(TextError) -> JSON {
    let bytes = try bytes(path)
    do throws(JSONError) { return try JSONDocument(bytes).root } catch {
      throw .json(error, path: path)
    }
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func reason(_ error: any Error) -> String {
    let inner = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let code = inner?.code else { return "\(error.localizedDescription)" }
    return String(cString: strerror(Int32(code)))
  }
}
