// SPDX-License-Identifier: GPL-3.0-or-later

/// Every family that Isobath runs: a new one is one file beside this and one entry here.
package let families: [any Architecture.Type] = [
  BERT.self,
  Bloom.self,
  CLIP.self,
  Gemma.self,
  Gemma2.self,
  Gemma3.self,
  GPT2.self,
  GPTNeo.self,
  Llama.self,
  Mistral.self,
  Mixtral.self,
  NeoX.self,
  OLMo2.self,
  OPT.self,
  Phi.self,
  Phi3.self,
  Qwen2.self,
  Qwen3.self,
  SigLIP.self,
  ViT.self,
]
