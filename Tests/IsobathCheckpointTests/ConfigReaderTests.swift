// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathJSON
import Testing

/// Configuration keys: absent, of the wrong kind, out of range, and never looked at.
@Suite struct ConfigReaderTests {
  private func reader(_ text: String) throws -> ConfigReader {
    let value = ConfigValue(try JSONDocument(Array(text.utf8)).root)
    guard case .object(let members) = value else { throw NotAnObject() }
    return ConfigReader(members, file: "folder/config.json")
  }
  struct NotAnObject: Error {}

  private func problem<T>(
    says part: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws(CheckpointError) -> T
  ) -> ConfigProblem? {
    let error = refusal(sourceLocation: sourceLocation, body)
    expectSentence(error, names: "folder/config.json", says: part, sourceLocation: sourceLocation)
    guard case .config(let problem, "folder/config.json") = error else { return nil }
    return problem
  }

  @Test func valuesAndDefaults() throws {
    let c = try reader(#"{"i":7,"f":7.0,"d":-2.5,"e":1e-5,"b":true,"s":"x","n":null}"#)
    #expect(try c.positiveInt("i") == 7)
    #expect(try c.positiveInt("f") == 7)
    #expect(try c.positiveInt("absent", default: 3) == 3)
    #expect(try c.double("d") == -2.5)
    #expect(try c.double("absent", default: -1) == -1)
    #expect(try c.positive("i", default: 1) == 7)
    #expect(try c.epsilon("e", default: 1) == Float(1e-5))
    #expect(try c.bool("b") && c.bool("absent", default: true))
    #expect(try c.string("s", default: "y") == "x")
    #expect(c.has("i") && !c.has("n") && !c.has("absent"))
    try c.finish()
  }

  @Test func absentWithoutADefault() throws {
    let c = try reader("{}")
    let missing = ConfigProblem.missing(key: "k")
    let says = "no 'k'"
    #expect(problem(says: says) { () throws(CheckpointError) in try c.positiveInt("k") } == missing)
    #expect(problem(says: says) { () throws(CheckpointError) in try c.double("k") } == missing)
    #expect(problem(says: says) { () throws(CheckpointError) in try c.bool("k") } == missing)
    #expect(problem(says: says) { () throws(CheckpointError) in try c.string("k") } == missing)
  }

  /// A default stands for an absent key only: null is a value of the wrong kind.
  @Test(arguments: [
    ("null", "null"), ("\"7\"", "'7'"), ("true", "true"), ("[7]", "a list of 1"),
    ("{}", "an object"),
    ("1e400", "a number beyond float64"),
  ])
  func wrongKinds(_ value: String, _ shown: String) throws {
    let c = try reader("{\"k\":\(value)}")
    let wrong = { (expected: String) in
      ConfigProblem.wrongType(key: "k", found: shown, expected: expected)
    }
    let says = "'k' is \(shown) where"
    #expect(
      problem(says: says) { () throws(CheckpointError) in try c.positiveInt("k", default: 1) }
        == wrong("a whole number"))
    #expect(
      problem(says: says) { () throws(CheckpointError) in try c.double("k", default: 1) }
        == wrong("a number"))
    if value != "true" {
      #expect(
        problem(says: says) { () throws(CheckpointError) in try c.bool("k", default: true) }
          == wrong("true or false"))
    }
    if value != "\"7\"" {
      #expect(
        problem(says: says) { () throws(CheckpointError) in try c.string("k", default: "x") }
          == wrong("a string"))
    }
  }

  @Test(arguments: ["7.5", "1e300"]) func fractionsAreNoSizes(_ value: String) throws {
    let c = try reader("{\"k\":\(value)}")
    guard
      case .wrongType = problem(
        says: "a whole number",
        { () throws(CheckpointError) in
          try c.positiveInt("k")
        })
    else {
      Issue.record("another problem")
      return
    }
  }

  @Test(arguments: ["0", "-1", "2147483648", "9007199254740992"]) func sizes(_ value: String) throws
  {
    let c = try reader("{\"k\":\(value)}")
    #expect(
      problem(says: "'k' is \(value)") { () throws(CheckpointError) in try c.positiveInt("k") }
        == .outOfRange(key: "k", found: value, expected: "a positive size"))
  }

  @Test(arguments: ["0", "-1e-5", "1", "2"]) func epsilons(_ value: String) throws {
    let c = try reader("{\"k\":\(value)}")
    guard
      case .outOfRange("k", _, _) = problem(
        says: "'k' is",
        { () throws(CheckpointError) in
          try c.epsilon("k", default: 1e-5)
        })
    else {
      Issue.record("another problem")
      return
    }
  }

  @Test func oneSupportedValue() throws {
    let c = try reader(#"{"act":"gelu","bias":true,"n":null}"#)
    try c.require("act", equals: "gelu")
    try c.require("absent", equals: "gelu", default: "gelu")
    try c.require("bias", equals: true)
    #expect(
      problem(says: "'act' = 'gelu' is not supported (supported: 'silu')") {
        () throws(CheckpointError) in try c.require("act", equals: "silu")
      } == .unsupported(key: "act", found: "'gelu'", supported: "'silu'"))
    #expect(
      problem(says: "supported: false") { () throws(CheckpointError) in
        try c.require("bias", equals: false, default: false)
      } == .unsupported(key: "bias", found: "true", supported: "false"))
    #expect(
      problem(says: "'absent' = absent") { () throws(CheckpointError) in
        try c.require("absent", equals: false, default: true)
      } == .unsupported(key: "absent", found: "absent", supported: "false"))
  }

  @Test func keysThatNobodyRead() throws {
    let c = try reader(
      #"""
      {"z":1,"hidden_size":4,"empty":null,"use_cache":true,"architectures":["X"],"ignored":1,
       "rope_parameters":{"foo":1,"rope_type":"default","deep":{"bar":2,"none":null}}}
      """#)
    _ = try c.positiveInt("hidden_size")
    c.ignore("ignored")
    let rope = try #require(try c.nested("rope_parameters"))
    _ = try rope.string("rope_type")
    let deep = try #require(try rope.nested("deep"))
    #expect(
      problem(says: "'rope_parameters.deep.bar', 'rope_parameters.foo', 'z'") {
        () throws(CheckpointError) in try c.finish()
      } == .unread(keys: ["rope_parameters.deep.bar", "rope_parameters.foo", "z"]))
    #expect(
      problem(says: "'rope_parameters.deep.absent'") { () throws(CheckpointError) in
        try deep.bool("absent")
      } == .missing(key: "rope_parameters.deep.absent"))
    _ = (try deep.double("bar"), try rope.double("foo"), try c.double("z"))
    try c.finish()
  }

  @Test func objectsThatAreAbsentOrSomethingElse() throws {
    let c = try reader(#"{"n":null,"s":"x"}"#)
    #expect(try c.nested("n") == nil && c.nested("absent") == nil)
    #expect(
      problem(says: "an object is expected") { () throws(CheckpointError) in try c.nested("s") }
        == .wrongType(key: "s", found: "'x'", expected: "an object"))
  }
}
