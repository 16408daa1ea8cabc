#pragma once
#include <functional>
#include <utility>
#include <vector>

namespace graft {

/// Texts that follow the language. Each setter runs when it is added and again in run(), which a widget calls from changeEvent() on
/// QEvent::LanguageChange. The setters must not outlive what they capture: keep the object in the widget that owns it.
class Retranslation {
public:
    void add(std::function<void()> setTexts)
    {
        setTexts();
        m_setters.push_back(std::move(setTexts));
    }
    void run() const
    {
        for (const auto &setTexts : m_setters)
            setTexts();
    }

private:
    std::vector<std::function<void()>> m_setters;
};

} // namespace graft
