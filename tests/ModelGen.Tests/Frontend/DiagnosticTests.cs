using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Frontend;

namespace ModelGen.Tests.Frontend;

/// <summary>Id, exact span and whole message of each diagnostic. <c>[|…|]</c> marks where it stands, <c>{|…|}</c> what is named beside it.</summary>
public class DiagnosticTests
{
    private const string OneLayer = "readonly Layer fc = Linear(10); public Tensor Forward([Shape(784)] Tensor x) => fc(x);";

    [Theory]
    [InlineData("MG1001", "[Model] public class [|Net|] { " + OneLayer + " }",
        "The model 'Net' is not partial; write 'partial class Net' so that its generated part can be added")]
    [InlineData("MG2009", "[Model(GpuMath = (GpuMath)7)] public partial class [|Net|] { " + OneLayer + " }",
        "The model 'Net' needs GpuMath to be one of GpuMath.Float32, GpuMath.TensorFloat32, got 7")]
    [InlineData("MG1002", "[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([|Tensor x|]) => fc(x); }",
        "Input 'x' of Forward has no shape; write '[Shape(28, 28)] Tensor x' with its sizes, the batch axis left out")]
    [InlineData("MG1002", "[Model, Linear(10)] public partial class [|Net|];",
        "The model 'Net' has no input shape; add '[Input(784)]' with its sizes, the batch axis left out")]
    [InlineData("MG1002",
        "[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([|[Shape(28, 0)] Tensor x|]) => fc(Flatten(x)); }",
        "Input 'x' of Forward has shape [28, 0]; every size must be at least 1")]
    [InlineData("MG1003",
        "[Model] public partial class Net { readonly Layer fc = Linear([|DateTime.Now.Year|]); public Tensor Forward([Shape(784)] Tensor x) => fc(x); }",
        "The compiler of models cannot evaluate the property 'DateTime.Year'; a declaration is built from layers, modules, constants and "
            + "control flow over them")]
    [InlineData("MG1003",
        "[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(784)] Tensor x) { [|try { return fc(x); } "
            + "finally { }|] } }",
        "The compiler of models cannot evaluate a try statement; a declaration is built from layers, modules, constants and control flow over them")]
    [InlineData("MG1004", "[Model] public partial class Net { readonly Layer unused = [|Linear(3)|]; " + OneLayer + " }",
        "Linear 'unused' is never called; its parameters do not exist")]
    [InlineData("MG1005",
        "[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(784)] Tensor x) => fc(Reshape(x, [|x.Shape[0]|])); }",
        "The batch size is not known at compile time; the code of a model may not depend on it")]
    [InlineData("MG1005",
        "[Model] public partial class Net { static readonly int[] Widths = [3, 4]; readonly Layer fc = Linear([|Widths[2]|]); "
            + "public Tensor Forward([Shape(784)] Tensor x) => fc(x); }",
        "The index 2 lies outside a sequence of 2")]
    [InlineData("MG1006", "[Model] public partial class [|Net|] { readonly Layer fc = Linear(10); }",
        "The model 'Net' has no Forward method; declare 'public Tensor Forward([Shape(…)] Tensor x)', or layers as attributes of the class")]
    [InlineData("MG1006", "[Model] public partial class Net { public int [|Forward|]([Shape(3)] Tensor x) => 3; }",
        "Forward of 'Net' must return Tensor, or a tuple of Tensors, not 'int'")]
    [InlineData("MG1007", "[Model] public partial class Net { " + OneLayer + " public Tensor [|Loss|]([Classes(10)] Labels l) => null!; }",
        "Loss of 'Net' must take what Forward returns first: 1 Tensor, then the targets")]
    [InlineData("MG1007", "[Model, Input(9), [|CrossEntropyLoss|], Linear(3)] public partial class Net;",
        "The loss 'CrossEntropyLoss' stands before other layers; put it last")]
    [InlineData("MG1008",
        "[Model] public partial class Net[|(int n)|] { readonly Layer fc = Linear(n); public Tensor Forward([Shape(784)] Tensor x) => fc(x); }",
        "The model 'Net' declares a constructor; the generated part has it. Initialise layers where they are declared")]
    [InlineData("MG1008", "partial class Outer { [Model] public partial class [|Net|] { " + OneLayer + " } }",
        "The model 'Net' is nested in 'Outer'; declare it in a namespace")]
    [InlineData("MG1008", "[Model] public partial [|record|] Net { " + OneLayer + " }",
        "The model 'Net' is a record; declare it as a class")]
    [InlineData("MG1008", "[Module] public partial [|record|] Net(int n) { readonly Layer fc = Linear(n); public Tensor Forward(Tensor x) => fc(x); }",
        "The module 'Net' is a record; declare it as a class")]
    [InlineData("MG1008", "[Model] [|file|] partial class Net { " + OneLayer + " }",
        "The model 'Net' is local to a file; remove 'file', as its generated part stands in another")]
    [InlineData("MG1008",
        "[Model] public partial class First { " + OneLayer
            + " } [Model] public partial class Net : [|First|] { public new Tensor Forward([Shape(784)] Tensor x) => x; }",
        "The model 'Net' inherits from the model 'First'; a model cannot inherit from a model, hold it in a field")]
    [InlineData("MG1009",
        "[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(10)] Tensor x) { [|while (true) { }|] } }",
        "This loop has not ended after 999,998 rounds: evaluating 'Net' takes more than 2,000,000 steps")]
    [InlineData("MG1009",
        "[Model] public partial class Net { Tensor Again(Tensor x) => [|Again(x)|]; public Tensor Forward([Shape(10)] Tensor x) => Again(x); }",
        "Evaluating 'Net' nests more than 100 calls; does this recursion end?")]
    [InlineData("MG1010", "[Model] public partial class Net { public Tensor Forward([Shape(784)] Tensor x) => [|Linear(10)|](x); }",
        "The layer 'Linear' is made while the model runs; hold it in a field, so that its parameters are made once and have a name")]
    [InlineData("MG1011",
        "[Module] public partial class Even(int n) { readonly Layer fc = Linear(n % 2 == 0 ? n : {|throw new ArgumentException($\"{n} is odd\")|}); "
            + "public Tensor Forward(Tensor x) => fc(x); }\n"
        + "[Model] public partial class Net { readonly Even even = [|new(3)|]; public Tensor Forward([Shape(8)] Tensor x) => even.Forward(x); }",
        "Even rejects its arguments: 3 is odd (in Even)")]
    [InlineData("MG1013",
        "[Model] public partial class Net { readonly Layer [|Summary|] = Linear(10); public Tensor Forward([Shape(784)] Tensor x) => Summary(x); }",
        "'Summary' of the model 'Net' has a name that the generated code uses; choose another")]
    [InlineData("MG1013", "[Model] public partial class Net { public void [|Dispose|]() { } " + OneLayer + " }",
        "'Dispose' of the model 'Net' has a name that the generated code uses; choose another")]
    [InlineData("MG1013",
        "[Model] public partial class Net { public void Predict(int n) { } public void [|Predict|](ReadOnlySpan<float> a, Span<float> b) { } "
            + OneLayer + " }",
        "'Predict' of the model 'Net' has a name that the generated code uses; choose another")]
    [InlineData("MG1013", "[Model] public partial class Net { int [|get_Threads|]() => 0; void set_Threads(long n) { } " + OneLayer + " }",
        "'get_Threads' of the model 'Net' has a name that the generated code uses; choose another")]
    [InlineData("MG1013", "[Model] public partial class [|Backward|] { " + OneLayer + " }",
        "The model 'Backward' has the name of a member that is generated; choose another")]
    [InlineData("MG1013",
        "public class Base { public virtual void Dispose() { } private int Info; } [Model] public partial class Net : [|Base|] { " + OneLayer + " }",
        "'Dispose', which the model 'Net' inherits from 'Base', has a name that the generated code uses; choose another")]
    [InlineData("MG1014",
        "[Model] public partial class Net { readonly Layer _fc = Linear(10), fc = [|Linear(4)|]; public Tensor Forward([Shape(784)] Tensor x) => fc(_fc(x)); }",
        "Two parameters would have the name 'fc.weight': a name comes from the field, without leading underscores, and what a field '_' holds counts as its "
            + "owner's own; rename a field")]
    [InlineData("MG1014", "[Module] public partial class Head(int n) { readonly Layer fc = {|Linear(n)|}; public Tensor Forward(Tensor x) => fc(x); }\n"
        + "[Model] public partial class Net { readonly Layer fc = Linear(10); readonly Head _ = [|new(4)|]; "
        + "public Tensor Forward([Shape(784)] Tensor x) => _.Forward(fc(x)); }",
        "Two parameters would have the name 'fc.weight': a name comes from the field, without leading underscores, and what a field '_' holds counts as its "
            + "owner's own; rename a field")]
    [InlineData("MG1014", "[Module] public partial class Scaled { readonly Tensor scale = Parameter(3); public Tensor Forward(Tensor x) => x * scale; }\n"
        + "[Model] public partial class Net { readonly Tensor scale = [|Parameter(3)|]; readonly Scaled _ = new(); "
        + "public Tensor Forward([Shape(3)] Tensor x) => _.Forward(x) * scale; }",
        "Two parameters would have the name 'scale': a name comes from the field, without leading underscores, "
            + "and what a field '_' holds counts as its owner's "
            + "own; rename a field")]
    [InlineData("MG2001",
        "[Model] public partial class Net { readonly Layer a = Linear(10), b = Linear(12); public Tensor Forward([Shape(784)] Tensor x) => [|a(x) + b(x)|]; }",
        "Operator '+' needs shapes that agree or broadcast, got [N,10] and [N,12]: axis -1 has 10 on the left and 12 on the right; "
            + "Linear(12) on the left operand makes them agree")]
    [InlineData("MG2001",
        "[Module] public partial class Block(int n) { readonly Layer conv = Conv2d(n, 3, padding: 1); "
            + "public Tensor Forward(Tensor x) => Relu({|conv(x) + x|}); }\n"
        + "[Model] public partial class Net { readonly Block block = new(16); public Tensor Forward([Shape(3, 8, 8)] Tensor x) => [|block.Forward(x)|]; }",
        "Operator '+' needs shapes that agree or broadcast, got [N,16,8,8] and [N,3,8,8]: axis -3 has 16 on the left and 3 on the right; "
            + "Conv2d(16, kernel: 1) on the right operand makes them agree (in Block.Forward)")]
    [InlineData("MG2001",
        "[Model] public partial class Net { readonly Layer a = Conv2d(64, 3, stride: 2, padding: 1); "
            + "public Tensor Forward([Shape(32, 56, 56)] Tensor x) { x = Relu(x); return [|a(x) + x|]; } }",
        "Operator '+' needs shapes that agree or broadcast, got [N,64,28,28] and [N,32,56,56]: axis -1 has 28 on the left and 56 on the right; "
            + "Conv2d(64, kernel: 1, stride: 2) on the right operand makes them agree")]
    [InlineData("MG2001",
        "[Model] public partial class Net { readonly LstmLayer lstm = Lstm(8, layers: 2, bidirectional: true); "
            + "public Tensor Forward([Shape(5, 3)] Tensor x, [Shape(2, 8)] Tensor h, [Shape(4, 8)] Tensor c) => [|lstm(x, c, h)|].Output; }",
        "Lstm 'lstm' needs c0 of shape [N,4,8] (batch, layers*directions, hiddenSize), got [N,2,8]")]
    [InlineData("MG2001",
        "[Model] public partial class Net { readonly RecurrentLayer gru = Gru(8); public Tensor Forward([Shape(5, 3)] Tensor x, [Shape(8)] Tensor h) "
            + "=> [|gru(x, h)|].Output; }",
        "Gru 'gru' needs h0 of shape [N,1,8] (batch, layers*directions, hiddenSize), got [N,8]")]
    [InlineData("MG2002",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, 3); public Tensor Forward([Shape(28, 28)] Tensor x) => [|conv(x)|]; }",
        "Conv2d 'conv' expects an image [N,C,H,W], got [N,28,28]; the channel axis is missing (Reshape adds it)")]
    [InlineData("MG2003",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(16, 5), fc1 = Linear(120); "
            + "public Tensor Forward([Shape(6, 9, 9)] Tensor x) => [|fc1(Relu(conv(x)))|]; }",
        "Linear 'fc1' expects a vector, got [N,16,5,5]; call Flatten first (16*5*5 = 400)")]
    [InlineData("MG2004",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, kernel: 3, dilation: int.MaxValue); "
            + "public Tensor Forward([Shape(4, 8, 8)] Tensor x) => [|conv(x)|]; }",
        "Conv2d 'conv' does not fit its input: kernel 3x3, 4294967295x4294967295 with dilation 2147483647x2147483647, is larger than the padded input "
            + "8x8 (no padding)")]
    [InlineData("MG2014",
        "[Model] public partial class [|Net|] { readonly Layer a = Linear(40000), b = Linear(40000), c = Linear(40000); "
            + "public Tensor Forward([Shape(40000)] Tensor x) => c(b(a(x))); }",
        "Net has 4,800,120,000 parameters; a model has at most 2,147,483,647")]
    [InlineData("MG2014",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(64, 3, padding: 1); public Tensor Forward([Shape(1, 6000, 6000)] Tensor x) "
            + "=> GlobalAvgPool2d([|conv(x)|]); }",
        "Conv2d 'conv' needs a tensor [N,64,6000,6000], which has 2,304,000,000 elements a sample; a tensor has at most 2,147,483,647")]
    [InlineData("MG2014",
        "[Model] public partial class Net { readonly Layer fc = Linear(1_000_000); public Tensor Forward([Shape(1_000_000)] Tensor x) => [|fc(x)|]; }",
        "fc.weight [1000000,1000000] has 1,000,000,000,000 elements; a tensor has at most 2,147,483,647")]
    [InlineData("MG2014",
        "[Model] public partial class Net { public Tensor Forward([Shape(3, 100, 100)] Tensor x) => [|UpsampleNearest2d(x, scaleFactor: 100000)|]; }",
        "UpsampleNearest2d needs a tensor [N,3,10000000,10000000], which has 300,000,000,000,000 elements a sample; a tensor has at most 2,147,483,647")]
    [InlineData("MG2014", "[Model] public partial class Net { public Tensor Forward([Shape(4)] Tensor x) => [|Pad(x, [int.MaxValue, int.MaxValue])|]; }",
        "Pad needs an axis 1 of 2147483647 + 4 + 2147483647 = 4,294,967,298; at most 2,147,483,647 are possible")]
    [InlineData("MG2014", "[Model] public partial class Net { public Tensor Forward([|[Shape(65536, 65536)] Tensor x|]) => x; }",
        "Input 'x' [N,65536,65536] has 4,294,967,296 elements a sample; a tensor has at most 2,147,483,647")]
    [InlineData("MG2014", "[Model] public partial class Net { public (Tensor, Tensor) [|Forward|]([Shape(2_000_000_000)] Tensor x) => (Relu(x), Tanh(x)); }",
        "Forward of 'Net' returns 4,000,000,000 elements a sample; outputs have at most 2,147,483,647 together")]
    [InlineData("MG2003", "[Model, Input(1, 28, 28), [|Linear(10)|], CrossEntropyLoss] public partial class Net;",
        "Linear expects a vector, got [N,1,28,28]; call Flatten first (1*28*28 = 784)")]
    [InlineData("MG2004",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, 7, padding: 0); public Tensor Forward([Shape(3, 5, 5)] Tensor x) => [|conv(x)|]; }",
        "Conv2d 'conv' does not fit its input: kernel 7x7 is larger than the padded input 5x5 (no padding)")]
    [InlineData("MG2005",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, 3, groups: 4); public Tensor Forward([Shape(6, 5, 5)] Tensor x) => [|conv(x)|]; }",
        "Conv2d 'conv' needs groups that divide the channels: 6 input channels / 4 groups leaves 2")]
    [InlineData("MG2006", "[Model] public partial class Net { public Tensor Forward([Shape(28, 28)] Tensor x) => [|Reshape(x, 700)|]; }",
        "Reshape keeps the number of elements, but [N,28,28] has 28*28 = 784 per sample and [N,700] has 700")]
    [InlineData("MG2007", "[Model] public partial class Net { public Tensor Forward([Shape(9)] Tensor x) => [|Softmax(x, axis: 2)|]; }",
        "Softmax needs axis in [-2, 1] for [N,9], got 2")]
    [InlineData("MG2008", "[Model] public partial class Net { public Tensor Forward([Shape(2, 9)] Tensor x, [Shape(3, 8)] Tensor y) => [|Concat(1, x, y)|]; }",
        "Concat along axis 1 needs all other sizes to agree, got [N,2,9] and [N,3,8]")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Layer drop = Dropout(1.5f); public Tensor Forward([Shape(9)] Tensor x) => [|drop(x)|]; }",
        "Dropout 'drop' needs p in [0, 1), got 1.5")]
    [InlineData("MG2009", "[Model] public partial class Net { readonly Layer fc = Linear(-10); public Tensor Forward([Shape(9)] Tensor x) => [|fc(x)|]; }",
        "Linear 'fc' needs outFeatures of at least 1, got -10")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, (3, -3)); public Tensor Forward([Shape(3, 9, 9)] Tensor x) => [|conv(x)|]; }",
        "Conv2d 'conv' needs kernel of at least 1, got 3x-3")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, 3, padding: -1); public Tensor Forward([Shape(3, 9, 9)] Tensor x) "
            + "=> [|conv(x)|]; }",
        "Conv2d 'conv' needs padding of at least 0, got -1x-1")]
    [InlineData("MG2009", "[Model] public partial class Net { public Tensor Forward([Shape(3, 4)] Tensor x) => [|Reshape(x, -3, 4)|]; }",
        "Reshape needs positive sizes, at most one of them -1, got [-3,4]")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Tensor w = [|Parameter(3, -4)|]; public Tensor Forward([Shape(3)] Tensor x) => MatMul(x, w); }",
        "Parameter needs sizes of at least 1, got [3, -4]")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly LstmLayer lstm = Lstm(-8); public Tensor Forward([Shape(5, 3)] Tensor x) => [|lstm(x)|].Output; }",
        "Lstm 'lstm' needs hiddenSize of at least 1, got -8")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly EmbeddingLayer table = Embedding(-65, 8); public Tensor Forward([Classes(65)] Labels x) "
            + "=> [|table(x)|]; }",
        "Embedding 'table' needs count of at least 1, got -65")]
    [InlineData("MG1002", "[Model] public partial class Net { public Tensor Forward([|[Shape(-3)] Tensor x|]) => Relu(x); }",
        "Input 'x' of Forward has shape [-3]; every size must be at least 1")]
    [InlineData("MG1002",
        "[Model] public partial class Net { readonly EmbeddingLayer table = Embedding(9, 8); public Tensor Forward([|[Classes(-9)] Labels x|]) => table(x); }",
        "Labels 'x' of Forward have -9 classes; there must be at least 1")]
    [InlineData("MG1002",
        "[Model] public partial class Net { readonly EmbeddingLayer table = Embedding(9, 8); public Tensor Forward([|[Classes(9, Shape = new[] { -5 })] "
            + "Labels x|]) => table(x); }",
        "Labels 'x' of Forward have shape [-5]; every size must be at least 1")]
    [InlineData("MG2010", "[Model] public partial class Net { readonly Layer fc = Linear(9); public Tensor Forward([Shape(3)] Tensor x) => fc(x); "
        + "public Tensor Loss(Tensor y, [Classes(9)] Labels l) => CrossEntropy(y, l, ignoreIndex: -100) + [|CrossEntropy(y, l, ignoreIndex: -1)|]; }",
        "CrossEntropy ignores -1 in the labels 'l', of which another loss ignores -100; ignore the same in both")]
    [InlineData("MG2010",
        "[Model] public partial class Net { readonly EmbeddingLayer table = Embedding(9, 9); public Tensor Forward([Classes(9)] Labels word) => table(word); "
        + "public Tensor Loss(Tensor y, [Classes(9)] Labels word) => [|CrossEntropy(y, word, ignoreIndex: -100)|]; }",
        "CrossEntropy cannot ignore -100 in the labels 'word': they are also the indices of a table, which has no row -100")]
    [InlineData("MG2010",
        "[Model] public partial class Net { " + OneLayer + " public Tensor Loss(Tensor y, [Classes(26)] Labels letter) => [|CrossEntropy(y, letter)|]; }",
        "CrossEntropy needs as many scores as classes: [N,10] has 10 on axis 1, the labels 'letter' have 26 classes")]
    [InlineData("MG2011", "[Model] public partial class Net { " + OneLayer + " public Tensor Loss(Tensor y, [Shape(9)] Tensor t) => [|MseLoss(y, t)|]; }",
        "MseLoss needs a target of the shape of x, got [N,10] and [N,9]")]
    [InlineData("MG2012",
        "[Model] public partial class Net { readonly AttentionLayer attend = MultiheadAttention(5); "
            + "public Tensor Forward([Shape(16, 32)] Tensor x) => [|attend(x)|].Output; }",
        "MultiheadAttention 'attend' needs heads that divide the features: 32 / 5 leaves 2, in [N,16,32]")]
    [InlineData("MG2013", "[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(784)] Tensor x) => [|fc(fc(x))|]; }",
        "Linear 'fc' is called again with another input: its weight is [10,784] from the first call, this one needs [10,10]")]
    [InlineData("MG2101",
        "[Model] public partial class Net { " + OneLayer + " public Tensor Loss(Tensor y, [Classes(10)] Labels l) => [|CrossEntropy(Softmax(y), l)|]; }",
        "CrossEntropy takes logits and applies the softmax itself, but gets the output of Softmax; pass what goes into it")]
    [InlineData("MG2102",
        "[Model] public partial class Net { readonly Layer conv = Conv2d(8, 3), norm = BatchNorm2d(); "
            + "public Tensor Forward([Shape(3, 9, 9)] Tensor x) => [|norm(conv(x))|]; }",
        "BatchNorm2d 'norm' subtracts the mean, so the bias of Conv2d 'conv' before it has no effect; set bias: false")]
    [InlineData("MG2103", "[Model] public partial class Net { public Tensor Forward([Shape(3)] Tensor x) => [|Relu(Relu(x))|]; }",
        "Relu follows a Relu, whose output it cannot change")]
    [InlineData("MG2104", "[Model] public partial class Net { public Tensor Forward([Shape(3)] Tensor x) => [|Sign(x)|]; }",
        "Sign has derivative 0 everywhere: nothing before it is trained through it")]
    [InlineData("MG2105", "[Model] public partial class Net { public Tensor Forward([Shape(1, 5, 4)] Tensor x) => [|MaxPool2d(x, 2)|]; }",
        "MaxPool2d never reads the last 1 of 5 elements of axis 2: (5 - 2) is not a multiple of stride 2")]
    [InlineData("MG2106",
        "[Model] public partial class Net { readonly Layer fc = [|Linear(8, init: Init.XavierUniform)|]; "
            + "public Tensor Forward([Shape(3)] Tensor x) => Relu(fc(x)); }",
        "Linear 'fc' starts with XavierUniform, which keeps the variance of values that pass unchanged, but feeds Relu, which loses about half of it; "
            + "use Init.KaimingUniform")]
    [InlineData("MG2106",
        "[Model] public partial class Net { readonly Layer conv = [|Conv2d(8, 3, init: Init.XavierNormal)|], drop = Dropout(); "
            + "public Tensor Forward([Shape(3, 8, 8)] Tensor x) => Gelu(Flatten(drop(MaxPool2d(conv(x), 2)))); }",
        "Conv2d 'conv' starts with XavierNormal, which keeps the variance of values that pass unchanged, but feeds Gelu, which loses about half of it; "
            + "use Init.KaimingNormal")]
    [InlineData("MG2106", "[Model, Input(3), [|Linear(8, Init = \"KaimingNormal.FanOut\")|], Tanh, Linear(2)] public partial class Net;",
        "Linear starts with KaimingNormal, whose gain of √2 makes up for what a ReLU cuts off, but feeds Tanh, which cuts off nothing and is driven towards "
            + "its limits; use Init.XavierNormal")]
    [InlineData("MG2106",
        "[Model] public partial class Net { readonly Layer a = Linear(8), b = [|Linear(2, init: Init.Zeros)|]; "
            + "public Tensor Forward([Shape(3)] Tensor x) => b(Relu(a(x))); "
        + "public Tensor Loss(Tensor y, [Classes(2)] Labels l) => CrossEntropy(y, l); }",
        "Linear 'b' starts with Zeros, so all its weights are equal: its units start as copies of each other, and no gradient reaches what lies before it; "
            + "draw them, for example with Init.KaimingUniform")]
    [InlineData("MG2106",
        "[Module] public partial class Part { readonly Layer fc = {|Linear(4, init: Init.Constant(0.1f))|}; public Tensor Forward(Tensor x) => Tanh(fc(x)); }\n"
        + "[Model] public partial class Net { readonly Part part = [|new()|]; public Tensor Forward([Shape(3)] Tensor x) => part.Forward(x); }",
        "Linear 'part.fc' starts with Constant, so all its weights are equal: its units start as copies of each other; "
            + "draw them, for example with Init.XavierUniform")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Layer fc = Linear(8, init: [|Init.Normal(-1)|]); public Tensor Forward([Shape(3)] Tensor x) => fc(x); }",
        "Init.Normal needs a deviation above 0, got -1")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Layer fc = Linear(8, init: [|Init.Zeros.Gain(2)|]); "
            + "public Tensor Forward([Shape(3)] Tensor x) => fc(x); }",
        "Init.Zeros has no gain")]
    [InlineData("MG2009",
        "[Model] public partial class Net { readonly Layer fc = Linear(8, biasInit: Init.Orthogonal); "
            + "public Tensor Forward([Shape(3)] Tensor x) => [|fc(x)|]; }",
        "Linear 'fc' needs a biasInit that draws each number by itself; Orthogonal draws a matrix")]
    [InlineData("MG2009", "[Model, Input(3), [|Linear(8, Init = \"?\")|]] public partial class Net;",
        "Linear: '?' is no initialiser; write for example KaimingNormal or Normal(0.02)")]
    [InlineData("MG3001", "[Model] public partial class Net { " + OneLayer + " public Tensor [|Loss|](Tensor y, [Shape(10)] Tensor t) => y - t; }",
        "Loss of 'Net' has shape [N,10]; training needs one number: use a loss such as CrossEntropy or MseLoss, or take the mean")]
    [InlineData("MG3002",
        "[Model] public partial class Net { readonly Layer a = Linear(2), b = [|Linear(2)|]; public (Tensor, Tensor) Forward([Shape(3)] Tensor x) "
            + "=> (a(x), b(x)); "
        + "public Tensor Loss(Tensor y, Tensor z, [Classes(2)] Labels l) => CrossEntropy(y, l); }",
        "The loss does not depend on 'b.weight'; training leaves it as it is")]
    public async Task Declaration_Wrong_IsToldWhereItStands(string id, string markup, string message)
    {
        var (source, span, inner) = Parse(markup);
        var compilation = Driver.Compile(source);
        if (id != "MG1001") Driver.AssertCompiles(compilation);

        var diagnostic = Assert.Single(await Driver.Analyze(compilation));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage());
        Assert.Equal((source[span], span.Start.Value), Text(source, diagnostic.Location));
        if (inner is { } place) Assert.Equal((source[place], place.Start.Value), Text(source, Assert.Single(diagnostic.AdditionalLocations)));
        else Assert.Empty(diagnostic.AdditionalLocations);
        Assert.EndsWith(id + ".md", diagnostic.Descriptor.HelpLinkUri);
    }

    [Fact]
    public async Task Project_WithoutUnsafeCode_IsTold()
    {
        var compilation = Driver.Compile("[Model] public partial class Net { " + OneLayer + " }");
        compilation = compilation.WithOptions(compilation.Options.WithAllowUnsafe(false));

        var diagnostic = Assert.Single(await Driver.Analyze(compilation));

        Assert.Equal(("MG4001", "The generated kernels of 'Net' use pointers; add <AllowUnsafeBlocks>true</AllowUnsafeBlocks> to the project"),
            (diagnostic.Id, diagnostic.GetMessage()));
        Driver.AssertCompiles(Driver.Generate(compilation));
    }

    [Fact]
    public async Task Project_OfOldLanguage_IsTold()
    {
        var compilation = Driver.Compile([("Test.cs", "[Model] public partial class Net { " + OneLayer + " }")], LanguageVersion.CSharp11);

        var diagnostic = Assert.Single(await Driver.Analyze(compilation));

        Assert.Equal(("MG4002", "The generated code of 'Net' is C# 12, the project is C# 11.0; set <LangVersion>12</LangVersion> or target net8.0 or newer"),
            (diagnostic.Id, diagnostic.GetMessage()));
    }

    [Fact]
    public void Frontend_ThatFails_GivesOneDiagnosticAndNoException()
    {
        const string source =
            "[Module] public partial class Part { public Tensor Forward(Tensor x) => x; } [Model] public partial class Net { readonly Part p = new(); "
                + "public Tensor Forward([Shape(3)] Tensor x) => p.Forward(x); }";
        var model = Driver.Lower(Driver.Compile(source), "Net")!.Ir;

        var finding = Assert.Single(ModelCheck.Run(model, _ => throw new NotSupportedException("a defect"), default).Findings);

        Assert.Equal(("MG9001", "The compiler of models failed on 'Net': NotSupportedException: a defect"), (finding.Id, finding.Message));
    }

    [Theory]
    [InlineData("[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(1, 28, 28)] Tensor x) => fc(y); }")]
    [InlineData("[Model] public partial class Net { readonly Layer fc = Linear(\"ten\"); public Tensor Forward([Shape(1, 28, 28)] Tensor x) => fc(x); }")]
    [InlineData("[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(1, 28, 28)] Tensor x) => fc(x) }")]
    [InlineData("[Model] public partial class Net { readonly Layer fc = Linear(10); public Tensor Forward([Shape(1, 28, 28)] Tensor x) { return fc( ")]
    [InlineData("[Module] public partial class Part { readonly Layer fc = Linear(10, 4); public Tensor Forward(Tensor x) => fc(x); } "
        + "[Model] public partial class Net { readonly Part p = new(); public Tensor Forward([Shape(3)] Tensor x) => p.Forward(x); }")]
    [InlineData("[Model] public partial class Net { readonly Missing fc = new(); public Tensor Forward([Shape(3)] Tensor x) => fc(x); }")]
    [InlineData("[Model, Input(\"a\"), Linear(], Foo] public partial class Net")]
    public async Task Source_ThatDoesNotCompile_IsLeftToTheCompiler(string source)
    {
        var compilation = Driver.Compile(source);

        Assert.Empty(await Driver.Analyze(compilation));
        var result = Driver.NewGenerator().RunGenerators(compilation).GetRunResult();
        Assert.Null(result.Results[0].Exception);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public async Task Warning_CanBeTurnedOff()
    {
        const string source =
            "[Model] public partial class Net {\n#pragma warning disable MG1004\n readonly Layer unused = Linear(3);\n#pragma warning restore MG1004\n"
                + OneLayer + " }";

        Assert.DoesNotContain(await Driver.Analyze(Driver.Compile(source)), d => !d.IsSuppressed);
    }

    [Fact]
    public async Task Error_CannotBeTurnedOff()
    {
        const string source =
            "#pragma warning disable MG2003\n[Model] public partial class Net { readonly Layer fc = Linear(10); "
                + "public Tensor Forward([Shape(1, 28, 28)] Tensor x) => fc(x); }";

        Assert.False(Assert.Single(await Driver.Analyze(Driver.Compile(source))).IsSuppressed);
    }

    [Fact]
    public async Task Warning_InsideAModuleUsedTwice_IsGivenOnce()
    {
        const string source = """
            [Module] public partial class Block(int n)
            {
                readonly Layer conv = Conv2d(n, 3, padding: 1), norm = BatchNorm2d();
                public Tensor Forward(Tensor x) => norm(conv(x));
            }
            [Model] public partial class Net
            {
                readonly Block[] blocks = Repeat(3, i => new Block(4));
                public Tensor Forward([Shape(4, 9, 9)] Tensor x) { foreach (var b in blocks) x = b.Forward(x); return x; }
            }
            """;

        var diagnostic = Assert.Single(await Driver.Analyze(Driver.Compile(source)));

        Assert.Equal("BatchNorm2d 'blocks.0.norm' subtracts the mean, so the bias of Conv2d 'blocks.0.conv' before it has no effect; "
            + "set bias: false (in Block.Forward)", diagnostic.GetMessage());
        Assert.Equal(("b.Forward(x)", "norm(conv(x))"), (Text(source, diagnostic.Location).Text, Text(source, diagnostic.AdditionalLocations[0]).Text));
    }

    [Theory]
    [InlineData("readonly Layer a = Linear(8), b = Linear(8); public Tensor Forward([Shape(3)] Tensor x) => Relu(a(x)) + Tanh(b(x));")]
    [InlineData("readonly Layer a = Linear(8, init: Init.KaimingNormal), b = Linear(8, init: Init.XavierNormal); "
        + "public Tensor Forward([Shape(3)] Tensor x) => Relu(a(x)) + Tanh(b(x));")]
    [InlineData("readonly Layer a = Linear(8, init: Init.XavierUniform.For(Nonlinearity.Relu)), b = Linear(8, init: Init.KaimingUniform.Gain(1)); "
        + "public Tensor Forward([Shape(3)] Tensor x) => Relu(a(x)) + Tanh(b(x));")]
    [InlineData("readonly Layer a = Linear(8), b = Linear(8, init: Init.Zeros); public Tensor Forward([Shape(8)] Tensor x) => x + b(Relu(a(x)));")]
    [InlineData("readonly Layer a = Linear(8, init: Init.Zeros); public Tensor Forward([Shape(3)] Tensor x) => a(x);")]
    [InlineData("readonly Layer a = Conv2d(8, 3, bias: false, init: Init.XavierUniform), norm = BatchNorm2d(); "
        + "public Tensor Forward([Shape(3, 8, 8)] Tensor x) => Relu(norm(a(x)));")]
    public async Task Initialiser_ThatFitsOrIsADefault_IsNotQuestioned(string body) =>
        Assert.Empty(await Driver.Analyze(Driver.Compile("[Model] public partial class Net { " + body + " }")));

    [Theory]
    [InlineData(Models.LeNet)]
    [InlineData(Models.Mlp)]
    [InlineData(Models.Lstm)]
    public async Task GeneratedPart_ChangesNothingForTheAnalyzer(string source) => Assert.Empty(await Driver.Analyze(Driver.Generate(Driver.Compile(source))));

    [Fact]
    public void Ids_InTheGeneratorsSource_HaveDescriptors()
    {
        var root = Path.GetFullPath(Path.Combine(DiagnosticPageTests.Folder(), "../ModelGen.Generator"));
        var known = ModelGen.Generator.Frontend.Diagnostics.Descriptors.All.Select(d => d.Id).ToHashSet();
        var used = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), "\"(MG\\d{4})\"")).Select(m => m.Groups[1].Value).Distinct();

        Assert.Equal(known.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    private static (string Text, int Start) Text(string source, Location location) =>
        (source.Substring(location.SourceSpan.Start, location.SourceSpan.Length), location.SourceSpan.Start);

    private static (string Source, Range Span, Range? Inner) Parse(string markup)
    {
        var text = new System.Text.StringBuilder();
        int start = 0, end = 0, innerStart = -1, innerEnd = -1;
        for (var i = 0; i < markup.Length; i++)
        {
            var pair = i + 1 < markup.Length ? markup.Substring(i, 2) : "";
            switch (pair)
            {
                case "[|": start = text.Length; i++; break;
                case "|]": end = text.Length; i++; break;
                case "{|": innerStart = text.Length; i++; break;
                case "|}": innerEnd = text.Length; i++; break;
                default: text.Append(markup[i]); break;
            }
        }

        return (text.ToString(), start..end, innerStart < 0 ? null : innerStart..innerEnd);
    }
}
