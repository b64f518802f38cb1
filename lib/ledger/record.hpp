#pragma once

#include "base/content_id.hpp"
#include "base/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mlp::ledger {

/// Who wrote a record: a claim, unless a signature proves it.
struct Actor {
  std::string name;
  std::string email;
};

/// What every record holds beside its kind's own members; see lib/README.md for each kind.
/// `body` is the whole record, these members included; `id` is the SHA-256 of body.dump().
struct Record {
  ContentId id;
  std::string kind;     ///< dataset | run | evaluation | observation | note | decision
  std::int64_t seq = 0; ///< 1 + the highest that its writer could see
  std::string time;     ///< "2026-11-23T05:14:13Z": a claim
  Json body;
};

/// What the index holds of each record, so that lists need not read the records themselves.
struct Entry {
  ContentId id;
  std::string kind;
  std::int64_t seq = 0;
  std::string time;
  std::string project;    ///< folder of the project in the repository, "." for the root
  std::string name;       ///< model or dataset name; may be empty
  std::string model;      ///< hex id, or empty
  std::string dataset;    ///< hex id, or empty
  std::string stage;      ///< of a decision, or empty
  std::string decision;   ///< promotion | denial | rollback | retirement, or empty
  std::string expects;    ///< hex id of the decision that held the stage when this one was judged, or empty
  std::string headline;   ///< its member `headline` as canonical JSON, or empty: what lists show of it
  std::string path;       ///< in the ledger's tree
  std::string blob;       ///< git's name for the record's bytes
  bool local = false;     ///< the local branch holds it
  bool published = false; ///< the remote held it when last fetched
};

} // namespace mlp::ledger
