#pragma once
#include "graph/layertype.h"

#include <QWidget>
#include <vector>

namespace graft {

/// Where the person is with an input.
enum class InputMoment {
    Typing, ///< more may come
    Entered, ///< Enter, a step, a choice
    Left, ///< the keyboard went elsewhere
};

/// The field or fields for one attribute's value. Judges nothing but whether the text can be read.
class AttributeEditor : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// The values that the layers have, without repetition: one, or several that differ. What is being typed and says the same stays.
    virtual void setValues(const std::vector<AttributeValue> &values) = 0;
    /// For screen readers.
    virtual void setNames(const QString &name, const QString &help) = 0;

Q_SIGNALS:
    void proposed(const graft::AttributeValue &value, graft::InputMoment moment);
    /// The text says no value of this kind; `expected` says what would.
    void unreadable(const QString &expected, graft::InputMoment moment);
    void escaped();
};

/// The right one for the attribute: a check box, a list of choices, a number field, two of them with a link, or a line of text.
[[nodiscard]] AttributeEditor *makeAttributeEditor(const AttributeSchema &schema, QWidget *parent);

} // namespace graft
