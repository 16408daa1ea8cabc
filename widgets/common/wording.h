#pragma once
#include <QString>
#include <concepts>
#include <functional>

namespace graft {

/// A text that follows the language as long as it is shown: made of `[] { return tr("Freeze"); }`, asked again after the language changed.
/// A plain string stays as it is.
class Wording {
public:
    Wording() = default;
    Wording(const QString &text)
    {
        if (!text.isEmpty())
            m_source = [text] { return text; };
    }
    Wording(const char *text) : Wording(QString::fromUtf8(text)) { }
    template <typename Source>
    requires std::convertible_to<std::invoke_result_t<const Source &>, QString> Wording(Source source) : m_source(std::move(source)) { }

    [[nodiscard]] bool isEmpty() const { return !m_source; }
    [[nodiscard]] QString text() const { return m_source ? m_source() : QString(); }

private:
    std::function<QString()> m_source; ///< none = no text
};

} // namespace graft
