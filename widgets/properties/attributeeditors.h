#pragma once
#include "properties/attributeeditor.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace graft {

class NumberField;

class FlagEditor : public AttributeEditor {
    Q_OBJECT
public:
    explicit FlagEditor(QWidget *parent);
    void setValues(const std::vector<AttributeValue> &values) override;
    void setNames(const QString &name, const QString &help) override;

private:
    QCheckBox *m_box;
};

class ChoiceEditor : public AttributeEditor {
    Q_OBJECT
public:
    ChoiceEditor(const AttributeSchema &schema, QWidget *parent);
    void setValues(const std::vector<AttributeValue> &values) override;
    void setNames(const QString &name, const QString &help) override;

private:
    QComboBox *m_box;
};

class NumberEditor : public AttributeEditor {
    Q_OBJECT
public:
    NumberEditor(const AttributeSchema &schema, QWidget *parent);
    void setValues(const std::vector<AttributeValue> &values) override;
    void setNames(const QString &name, const QString &help) override;

private:
    void say(InputMoment moment);

    NumberField *m_field;
    bool m_mixed = false;
};

/// [height, width], with a link that keeps them equal.
class PairEditor : public AttributeEditor {
    Q_OBJECT
public:
    PairEditor(const AttributeSchema &schema, QWidget *parent);
    void setValues(const std::vector<AttributeValue> &values) override;
    void setNames(const QString &name, const QString &help) override;

private:
    void connectField(NumberField *field, NumberField *other);
    void follow(const NumberField *field, NumberField *other);
    void say(InputMoment moment);

    NumberField *m_first, *m_second;
    QToolButton *m_link;
    bool m_mixed = false;
    std::vector<AttributeValue> m_shown;
    bool m_editing = false; ///< the link stays as it is under the person's hands
};

/// A text, or whole numbers with commas between them.
class LineEditor : public AttributeEditor {
    Q_OBJECT
public:
    LineEditor(const AttributeSchema &schema, QWidget *parent);
    void setValues(const std::vector<AttributeValue> &values) override;
    void setNames(const QString &name, const QString &help) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] std::optional<AttributeValue> value() const;
    void say(InputMoment moment);

    bool m_isList;
    std::size_t m_length;
    QLineEdit *m_line;
    bool m_mixed = false;
};

} // namespace graft
