// SPDX-License-Identifier: GPL-3.0-or-later

/// Configuration keys that cannot change a hidden state at inference: what training, sampling, heads
/// and bookkeeping use. A key that is neither read nor here is an error.
enum HarmlessKeys {
  static let names: Set<String> = [
    // bookkeeping
    "_name_or_path", "_commit_hash", "architectures", "auto_map", "model_type", "torch_dtype",
    "dtype",
    "transformers_version", "name_or_path", "tokenizer_class", "unsloth_version", "license",
    "is_llama_config",
    // generation and caches
    "use_cache", "bos_token_id", "eos_token_id", "pad_token_id", "sep_token_id",
    "decoder_start_token_id", "unk_token_id",
    "return_dict", "output_hidden_states", "output_attentions", "task_specific_params",
    "pretraining_tp",
    "chunk_size_feed_forward", "is_decoder", "is_encoder_decoder", "cross_attention_hidden_size",
    "diversity_penalty", "early_stopping", "encoder_no_repeat_ngram_size", "length_penalty",
    "no_repeat_ngram_size", "num_beam_groups", "num_beams", "num_return_sequences",
    "output_scores", "remove_invalid_values", "return_dict_in_generate", "tie_encoder_decoder",
    "typical_p", "do_sample", "max_length", "min_length", "temperature", "top_k", "top_p",
    "repetition_penalty",
    // training and other programs; weights of pruned heads would have other shapes
    "pruned_heads", "tf_legacy_loss", "torchscript", "use_bfloat16",
    "initializer_range", "attention_dropout", "hidden_dropout", "hidden_dropout_prob", "dropout",
    "attention_probs_dropout_prob", "attn_pdrop", "embd_pdrop", "resid_pdrop", "embedding_dropout",
    "activation_dropout", "classifier_dropout", "gradient_checkpointing", "use_flash_attention",
    "_attn_implementation", "attn_implementation",
    // heads, which hidden states do not pass
    "tie_word_embeddings", "summary_activation", "summary_first_dropout", "summary_proj_to_labels",
    "summary_type", "summary_use_proj", "id2label", "label2id", "num_labels", "problem_type",
    "finetuning_task", "transformers.js_config",
    // attributes of the position range that older versions wrote beside n_positions
    "n_ctx",
  ]
}
