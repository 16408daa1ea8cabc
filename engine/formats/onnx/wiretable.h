#pragma once
#include <array>
#include <cstdint>

/// What the fields of ONNX's messages hold, of those that are neither text nor single numbers: onnx.proto of ONNX 1.20. libonnx knows it
/// too, but not where it is built for protobuf's lite runtime.
namespace graft::onnxwire {

enum Holding : std::uint8_t {
    Text, ///< or bytes, or nothing that is known
    FixedNumbers,
    Varints,
    // The messages.
    Attribute,
    ValueInfo,
    Node,
    IntIntListEntry,
    NodeDeviceConfiguration,
    ShardingSpec,
    ShardedDim,
    SimpleShardedDim,
    TrainingInfo,
    Model,
    DeviceConfiguration,
    StringStringEntry,
    TensorAnnotation,
    Graph,
    Tensor,
    TensorSegment,
    SparseTensor,
    TensorShape,
    TensorShapeDimension,
    Type,
    TypeTensor,
    TypeSequence,
    TypeMap,
    TypeOpaque,
    TypeOptional,
    TypeSparseTensor,
    OperatorSetId,
    Function,
};
struct Field {
    Holding message;
    int number;
    Holding holds;
};
inline constexpr auto fields = std::to_array<Field>(
    {{Attribute, 7, FixedNumbers}, {Attribute, 8, Varints}, {IntIntListEntry, 2, Varints}, {ShardingSpec, 2, Varints}, {Tensor, 1, Varints},
        {Tensor, 4, FixedNumbers}, {Tensor, 5, Varints}, {Tensor, 7, Varints}, {Tensor, 10, FixedNumbers}, {Tensor, 11, Varints},
        {SparseTensor, 3, Varints}, {Attribute, 5, Tensor}, {Attribute, 6, Graph}, {Attribute, 10, Tensor}, {Attribute, 11, Graph},
        {Attribute, 14, Type}, {Attribute, 15, Type}, {Attribute, 22, SparseTensor}, {Attribute, 23, SparseTensor}, {ValueInfo, 2, Type},
        {ValueInfo, 4, StringStringEntry}, {Node, 5, Attribute}, {Node, 9, StringStringEntry}, {Node, 10, NodeDeviceConfiguration},
        {NodeDeviceConfiguration, 2, ShardingSpec}, {ShardingSpec, 3, IntIntListEntry}, {ShardingSpec, 4, ShardedDim},
        {ShardedDim, 2, SimpleShardedDim}, {TrainingInfo, 1, Graph}, {TrainingInfo, 2, Graph}, {TrainingInfo, 3, StringStringEntry},
        {TrainingInfo, 4, StringStringEntry}, {Model, 7, Graph}, {Model, 8, OperatorSetId}, {Model, 14, StringStringEntry},
        {Model, 20, TrainingInfo}, {Model, 25, Function}, {Model, 26, DeviceConfiguration}, {TensorAnnotation, 2, StringStringEntry},
        {Graph, 1, Node}, {Graph, 5, Tensor}, {Graph, 11, ValueInfo}, {Graph, 12, ValueInfo}, {Graph, 13, ValueInfo},
        {Graph, 14, TensorAnnotation}, {Graph, 15, SparseTensor}, {Graph, 16, StringStringEntry}, {Tensor, 3, TensorSegment},
        {Tensor, 13, StringStringEntry}, {Tensor, 16, StringStringEntry}, {SparseTensor, 1, Tensor}, {SparseTensor, 2, Tensor},
        {TensorShape, 1, TensorShapeDimension}, {Type, 1, TypeTensor}, {Type, 4, TypeSequence}, {Type, 5, TypeMap}, {Type, 7, TypeOpaque},
        {Type, 8, TypeSparseTensor}, {Type, 9, TypeOptional}, {TypeTensor, 2, TensorShape}, {TypeSequence, 1, Type}, {TypeMap, 2, Type},
        {TypeOptional, 1, Type}, {TypeSparseTensor, 2, TensorShape}, {Function, 7, Node}, {Function, 9, OperatorSetId},
        {Function, 11, Attribute}, {Function, 12, ValueInfo}, {Function, 14, StringStringEntry}});

/// What that field of that message holds.
constexpr Holding holding(Holding message, std::uint64_t number)
{
    for (const Field &field : fields)
        if (field.message == message && static_cast<std::uint64_t>(field.number) == number)
            return field.holds;
    return Text;
}

} // namespace graft::onnxwire
