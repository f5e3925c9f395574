// SPDX-License-Identifier: GPL-3.0-or-later

/// The report's own finding, and what holds it against the rows.
let reportFinding: Section = { inputs in
  let paragraphs = inputs.findings.map { "**\(NotebookText.prose($0))**" }
  let preparation = inputs.subjects.last?.preparation ?? ""
  let texts = inputs.findings.map { "    \(NotebookText.python($0)),\n" }.joined()
  return [
    .markdown(
      "finding-heading", (["## The finding"] + paragraphs).joined(separator: "\n\n")),
    .code(
      "finding",
      #"""
      import re

      # The sentences above, and every number in them with half of its last decimal.
      finding = [
      """# + "\n" + texts + "]\nfinding_preparation = \(NotebookText.python(preparation))\n"
        + agreement),
  ]
}

/// `agree(what, value)`: text and rows cannot say different things.
private let agreement = #"""
  said = [
      (float(whole + part), 0.5000001 * 10.0 ** -max(0, len(part) - 1))
      for whole, part in re.findall(r"(\d+)(\.\d+)?", " ".join(finding))]


  def agree(what, value, unit="nats"):
      """Prints a number of the rows, and stops where the finding does not have it.

      The finding is about one preparation: numbers of another are printed alone.
      """
      size = abs(float(value))
      holds = globals().get("preparation", finding_preparation) == finding_preparation
      if holds and not any(abs(size - number) <= half for number, half in said):
          raise ValueError(f"the rows have {what}: {value:.6g}, and the finding does not")
      sign = "" if isinstance(value, (int, np.integer)) or unit != "nats" else "+"
      print(f"{what}: {value:{sign}.4g} {unit}".rstrip() + (", as the finding says" if holds else ""))
  """#
