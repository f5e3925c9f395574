// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathImage
import IsobathTestSupport
import Testing

/// Descriptions that are not what they should be.
@Suite struct ProcessorKeysTests {
  private func problem(_ text: String) throws -> ProcessorProblem? {
    let json = try Images.json(text)
    do throws(ImageError) {
      _ = try ImageProcessor(json, path: "p.json")
      return nil
    } catch {
      #expect("\(error)".hasPrefix("p.json: "))
      guard case .processor(let problem, "p.json") = error else {
        Issue.record("\(error)")
        return nil
      }
      return problem
    }
  }

  private func clip(_ rest: String) -> String {
    "{\"image_processor_type\": \"CLIPImageProcessor\", \(rest)}"
  }

  @Test(arguments: [
    "\"sieze\": 3", "\"do_flip\": false", "\"size\": {\"height\": 3, \"width\": 3, \"d\": 1}",
  ])
  func unreadKeysAreRefused(_ rest: String) throws {
    guard case .unread(let keys)? = try problem(clip(rest)) else {
      Issue.record("\(rest) was taken")
      return
    }
    #expect(keys.count == 1)
  }

  @Test(arguments: [
    "\"size\": 0", "\"size\": -3", "\"size\": 1e9", "\"image_std\": [0, 1, 1]",
    "\"image_std\": 1e-60",
  ])
  func lengthsAndDeviationsHaveARange(_ rest: String) throws {
    guard case .outOfRange? = try problem(clip(rest)) else {
      Issue.record("\(rest) was taken")
      return
    }
  }

  @Test(arguments: [
    "\"size\": \"224\"", "\"size\": [3, 4]", "\"do_resize\": 1", "\"image_mean\": [1, 2]",
    "\"image_mean\": \"x\"", "\"resample\": \"bicubic\"", "\"rescale_factor\": true",
    "\"size\": 2.5",
  ])
  func otherTypesAreRefused(_ rest: String) throws {
    guard case .wrongType? = try problem(clip(rest)) else {
      Issue.record("\(rest) was taken")
      return
    }
  }

  @Test(arguments: [
    "\"resample\": 6", "\"do_pad\": true", "\"size\": {\"longest_edge\": 3}",
    "\"size\": {\"height\": 3}",
    "\"size\": {}", "\"crop_size\": {\"shortest_edge\": 3}",
  ])
  func whatIsNotDoneIsRefusedByName(_ rest: String) throws {
    guard case .unsupported? = try problem(clip(rest)) else {
      Issue.record("\(rest) was taken")
      return
    }
  }

  @Test func nullsAndBookkeepingSayNothing() throws {
    #expect(
      try problem(
        clip(
          "\"size\": null, \"unknown\": null, \"processor_class\": \"X\", \"do_convert_rgb\": true")
      )
        == nil)
  }

  @Test func kindsAreNamed() throws {
    #expect(try problem("{}") == .missing(key: "image_processor_type"))
    #expect(try problem("[]") == .notAnObject)
    guard
      case .unsupported("image_processor_type", _, let known)? = try problem(
        "{\"image_processor_type\": \"PixtralImageProcessor\"}")
    else {
      Issue.record("an unknown kind was taken")
      return
    }
    #expect(known.contains("SmolVLMImageProcessor"))
    #expect(
      try problem("{\"image_processor_type\": \"ViTImageProcessor\", \"do_center_crop\": true}")
        == .missing(key: "crop_size"))
  }

  @Test func damagedFilesAreRefused() throws {
    let folder = try Fixtures.temporaryFolder()
    let path = folder.appending(path: "preprocessor_config.json").path(percentEncoded: false)
    try Data("{\"size\": ".utf8).write(to: URL(filePath: path))
    #expect(throws: ImageError.self) { try ImageProcessor.read(path) }
  }
}
