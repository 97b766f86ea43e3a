#include "sim/view/columns_layout.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <utility>

namespace mailcosm::sim::view {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
using Columns = std::vector<std::vector<HostIndex>>;

constexpr int kSweeps = 4;

Graph graph_of(const NetworkMap& map) {
  Graph graph(map.hosts.size());
  for (const MapLink& link : map.links) boost::add_edge(link.a, link.b, graph);
  return graph;
}

// Sorts the hosts of one connected part into columns. Holds what every part shares, so that the
// work grows with the part and not with the network.
class Part {
 public:
  explicit Part(const Graph& graph)
      : graph_(graph),
        column_(boost::num_vertices(graph)),
        place_(boost::num_vertices(graph)),
        seen_(boost::num_vertices(graph), false) {}

  // The columns of the part that `host` is in, from one end of its longest way, as far as two
  // searches find it.
  Columns columns(HostIndex host) {
    const HostIndex one = farthest(distances(host));
    const HostIndex other = farthest(distances(one));
    Columns columns = distances(std::min(one, other));
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      number(columns);
      for (std::size_t i = 1; i < columns.size(); ++i) sort_by(columns[i], i - 1);
      for (std::size_t i = columns.size(); i-- > 1;) sort_by(columns[i - 1], i);
    }
    return columns;
  }

 private:
  // Hosts by their number of links from `start`, in the order of their index.
  Columns distances(HostIndex start) {
    Columns columns{{start}};
    seen_[start] = true;
    while (true) {
      std::vector<HostIndex> next;
      for (HostIndex host : columns.back()) {
        for (auto [at, end] = boost::adjacent_vertices(host, graph_); at != end; ++at) {
          if (!seen_[*at]) next.push_back(static_cast<HostIndex>(*at));
          seen_[*at] = true;
        }
      }
      if (next.empty()) break;
      std::sort(next.begin(), next.end());
      columns.push_back(std::move(next));
    }
    for (const auto& column : columns) {
      for (HostIndex host : column) seen_[host] = false;
    }
    return columns;
  }

  static HostIndex farthest(const Columns& columns) { return columns.back().front(); }

  void number(const Columns& columns) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      for (std::size_t i = 0; i < columns[c].size(); ++i) {
        column_[columns[c][i]] = c;
        place_[columns[c][i]] = i;
      }
    }
  }

  // Mean place of the neighbours in another column, in thousandths; without any its own.
  std::size_t mean_place(HostIndex host, std::size_t other) const {
    std::size_t sum = 0;
    std::size_t count = 0;
    for (auto [at, end] = boost::adjacent_vertices(host, graph_); at != end; ++at) {
      if (column_[*at] != other) continue;
      sum += place_[*at] * 1000;
      ++count;
    }
    return count == 0 ? place_[host] * 1000 : sum / count;
  }

  void sort_by(std::vector<HostIndex>& column, std::size_t other) {
    std::vector<std::pair<std::size_t, HostIndex>> order;
    for (HostIndex host : column) order.emplace_back(mean_place(host, other), host);
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < column.size(); ++i) {
      column[i] = order[i].second;
      place_[column[i]] = i;
    }
  }

  const Graph& graph_;
  std::vector<std::size_t> column_;  // by host
  std::vector<std::size_t> place_;   // by host, in its column
  std::vector<bool> seen_;
};

}  // namespace

std::vector<std::vector<HostIndex>> columns_of(const NetworkMap& map) {
  const Graph graph = graph_of(map);
  std::vector<std::size_t> component(map.hosts.size());
  if (!map.hosts.empty()) boost::connected_components(graph, component.data());
  Part part(graph);
  Columns all;
  std::size_t next = 0;  // components are numbered in the order of their first host
  for (HostIndex host = 0; host < map.hosts.size(); ++host) {
    if (component[host] != next) continue;
    ++next;
    const Columns columns = part.columns(host);
    if (all.size() < columns.size()) all.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      all[i].insert(all[i].end(), columns[i].begin(), columns[i].end());
    }
  }
  return all;
}

}  // namespace mailcosm::sim::view
