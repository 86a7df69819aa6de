namespace Digits;

/// <summary>The same task without convolutions, in the sequential form: the layers are the attributes, in order.</summary>
[Model, Input(1, 28, 28)]
[Flatten]
[Linear(128), Relu]
[Linear(10)]
[CrossEntropyLoss]
public partial class Mlp;
