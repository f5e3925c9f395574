// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers of a training's finding, computed again from its rows.
let stagesFinding: Section = { _ in
  [
    .code(
      "stages-finding",
      #"""
      def tested(analysis):
          """Changes along the depth curve, and whether each stands with the whole map tested together."""
          found = curve(analysis)
          p = curve(f"{analysis}-p-max-t")[["run", "site", "estimate"]]
          found = found.merge(p.rename(columns={"estimate": "p"}), on=["run", "site"], how="left")
          return found.assign(stands=found["p"] < 0.05)


      totals, changes = tested("stage-total"), tested("stage-change")
      last = totals[totals["step"] == steps[-1]]
      found = last[last["stands"]]
      if last.empty:
          none("changes of the matrix entropy")
      elif found.empty:
          print(f"no change from step {steps[0]} to step {steps[-1]} at any of {len(last)} sites")
      else:
          largest = found.loc[found["estimate"].abs().idxmax()]
          agree(
              f"largest change from step {steps[0]} to {steps[-1]}, {where(largest['site'])}",
              largest["estimate"])
          agree(f"sites that change, of {len(last)}", len(found), "")
      single = changes[changes["stands"]]
      if len(steps) > 2 and len(single) and len(last):
          largest = single.loc[single["estimate"].abs().idxmax()]
          agree(
              f"largest change from stage to stage, at step {largest['step']}, {where(largest['site'])}",
              largest["estimate"])
          agree(f"changes from stage to stage that stand, of {len(changes)}", len(single), "")
      """#)
  ]
}
