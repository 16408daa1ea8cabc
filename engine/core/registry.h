#pragma once
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graft {

/// Named entries in the order they were added. Filled once at start-up by a generated `addAll…` function
/// (see cmake/GraftRegistry.cmake) and read-only afterwards, so that any thread may read it.
/// `T` has a `name` that converts to std::string.
template <typename T>
class Registry {
public:
    /// A name that exists already is a defect of the program: it ends at once and says which.
    void add(T entry)
    {
        std::string name(entry.name);
        if (!m_index.emplace(name, m_entries.size()).second) {
            std::fprintf(stderr, "Graft: '%s' is registered twice; this build is broken.\n", name.c_str());
            std::abort();
        }
        m_entries.push_back(std::move(entry));
    }
    [[nodiscard]] const T *find(std::string_view name) const
    {
        const auto position = m_index.find(name);
        return position == m_index.end() ? nullptr : &m_entries[position->second];
    }
    [[nodiscard]] const std::vector<T> &all() const { return m_entries; }
    /// "a, b, c": for messages that list the choices.
    [[nodiscard]] std::string names() const
    {
        std::string list;
        for (const T &entry : m_entries) {
            list += list.empty() ? "" : ", ";
            list += entry.name;
        }
        return list;
    }

private:
    std::vector<T> m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index;
};

} // namespace graft
