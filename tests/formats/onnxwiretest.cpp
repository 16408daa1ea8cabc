#ifndef Q_MOC_RUN // moc cannot read what these include
#include "formats/onnx/wiretable.h"

#include <google/protobuf/message.h>
#include <map>
#include <onnx/onnx_pb.h>
#endif

#include <QTest>

using namespace graft::onnxwire;

namespace {

/// What of a message's fields, and of those of the messages in them, is not as the table has it.
template <typename Descriptor>
void compare(const Descriptor &message, Holding kind, std::map<const Descriptor *, Holding> &known, QStringList &different)
{
    for (int i = 0; i < message.field_count(); ++i) {
        const auto *field = message.field(i);
        const auto type = field->cpp_type();
        const Holding holds = holding(kind, static_cast<std::uint64_t>(field->number()));
        bool isRight = false;
        if (type == field->CPPTYPE_MESSAGE) {
            const Descriptor *inside = field->message_type();
            const auto [place, isNew] = known.emplace(inside, holds);
            isRight = holds >= Attribute && place->second == holds;
            if (isNew && isRight)
                compare(*inside, holds, known, different);
        } else if (type == field->CPPTYPE_STRING || !field->is_repeated()) {
            isRight = holds == Text;
        } else {
            isRight = holds == (type == field->CPPTYPE_FLOAT || type == field->CPPTYPE_DOUBLE ? FixedNumbers : Varints);
        }
        if (!isRight)
            different << QString::fromStdString(field->full_name());
    }
}

template <typename Model>
QStringList differences()
{
    QStringList different;
    if constexpr (std::is_base_of_v<google::protobuf::Message, Model>) {
        const auto *model = Model::descriptor();
        std::map<std::decay_t<decltype(model)>, Holding> known = {{model, graft::onnxwire::Model}};
        compare(*model, graft::onnxwire::Model, known, different);
        if (known.size() < 15)
            different << "messages are missing";
    }
    return different;
}

} // namespace

class OnnxWireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsTheSchemaOfTheInstalledOnnx();
};

void OnnxWireTest::theTableIsTheSchemaOfTheInstalledOnnx()
{
    if constexpr (!std::is_base_of_v<google::protobuf::Message, onnx::ModelProto>)
        QSKIP("the installed ONNX does not know its own schema");
    QCOMPARE(differences<onnx::ModelProto>().join(' '), QString());
}

QTEST_GUILESS_MAIN(OnnxWireTest)
#include "onnxwiretest.moc"
