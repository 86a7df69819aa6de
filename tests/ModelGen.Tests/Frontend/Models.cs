namespace ModelGen.Tests.Frontend;

/// <summary>Declarations that several tests use.</summary>
internal static class Models
{
    public const string LeNet = """
        [Model]
        public partial class LeNet
        {
            readonly Layer conv1 = Conv2d(6, kernel: 5, padding: 2), conv2 = Conv2d(16, kernel: 5);
            readonly Layer fc1 = Linear(120), fc2 = Linear(84), fc3 = Linear(10);

            public Tensor Forward([Shape(1, 28, 28)] Tensor image)
            {
                var x = MaxPool2d(Relu(conv1(image)), 2);
                x = MaxPool2d(Relu(conv2(x)), 2);
                return fc3(Relu(fc2(Relu(fc1(Flatten(x))))));
            }

            public Tensor Loss(Tensor logits, [Classes(10)] Labels digit) => CrossEntropy(logits, digit);
        }
        """;

    public const string Mlp = """
        [Model, Input(784)]
        [Linear(128), Relu]
        [Linear(10)]
        [CrossEntropyLoss]
        public partial class Mlp;
        """;

    public const string Settings = """
        [Model]
        public partial class Settings
        {
            static readonly Init Start = Init.TruncatedNormal(0.02f, mean: 0.01f);
            readonly Layer conv = Conv2d(4, kernel: 3, padding: 1,
                init: Init.KaimingNormal.FanOut().For(Nonlinearity.LeakyRelu, 0.2f), biasInit: Init.Uniform(-0.1f, 0.3f));
            readonly Layer locals = LocallyConnected2d(4, 1, init: Init.Orthogonal.Gain(MathF.Sqrt(3)), biasInit: Start);
            readonly Tensor scale = Parameter(Init.Constant(0.5f), 4, 1, 1), shift = Parameter(Init.XavierUniform, 4, 3, 1);

            public (Tensor, Tensor) Forward([Shape(3, 11, 9)] Tensor image)
            {
                var x = MaxPool2d(locals(conv(image)) * scale * Mean(shift), 3, stride: 2, padding: 1, dilation: (1, 2), ceilMode: true);
                x = AvgPool2d(x, (2, 3), stride: 2, countIncludePad: false, ceilMode: true);
                return (GlobalAvgPool2d(x), GlobalAvgPool2d(AvgPool2d(x, 2, stride: 2, divisorOverride: 3, ceilMode: true)));
            }

            public Tensor Loss(Tensor logits, Tensor scores, [Classes(4)] Labels kind, [Shape(4)] Tensor tags) =>
                CrossEntropy(logits, kind, weight: [1, 2, 0.5f, 1], labelSmoothing: 0.1f, ignoreIndex: 3)
                + NllLoss(LogSoftmax(logits), kind, weight: [1, 2, 0.5f, 1])
                + BceWithLogits(logits, tags, weight: [2], posWeight: [1, 2, 3, 4])
                + KlDivLoss(LogSoftmax(logits), Softmax(scores), reduction: "sum", logTarget: true)
                + SoftCrossEntropy(logits, Softmax(scores), weight: [1, 2, 3, 4]);
        }
        """;

    public const string ResNet = """
        namespace Zoo;

        [Module]
        public partial class BasicBlock(int inChannels, int channels, int stride = 1)
        {
            readonly Layer conv1 = Conv2d(channels, 3, stride, padding: 1, bias: false);
            readonly Layer bn1 = BatchNorm2d();
            readonly Layer conv2 = Conv2d(channels, 3, padding: 1, bias: false);
            readonly Layer bn2 = BatchNorm2d();
            readonly Layer? project = stride != 1 || inChannels != channels ? Conv2d(channels, 1, stride, bias: false) : null;

            public int OutChannels => channels;

            public Tensor Forward(Tensor x)
            {
                var y = Relu(bn1(conv1(x)));
                y = bn2(conv2(y));
                return Relu(y + (project is null ? x : project(x)));
            }
        }

        [Module]
        public partial class Stage(int inChannels, int channels, int blocks, int stride)
        {
            readonly BasicBlock[] block = Repeat(blocks, i => new BasicBlock(i == 0 ? inChannels : channels, channels, i == 0 ? stride : 1));

            public Tensor Forward(Tensor x)
            {
                foreach (var b in block) x = b.Forward(x);
                return x;
            }
        }

        [Model]
        public partial class ResNet18
        {
            static readonly int[] Widths = [16, 32, 64, 128];

            readonly Layer stem = Conv2d(16, 3, padding: 1, bias: false), bn = BatchNorm2d();
            readonly Stage[] stages = [new(16, Widths[0], 2, 1), new(16, Widths[1], 2, 2), new(32, Widths[2], 2, 2), new(64, Widths[^1], 2, 2)];
            readonly Layer head = Linear(10);

            public Tensor Forward([Shape(3, 32, 32)] Tensor image)
            {
                var x = Relu(bn(stem(image)));
                for (int i = 0; i < stages.Length; i++) x = stages[i].Forward(x);
                return head(GlobalAvgPool2d(x));
            }

            public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
        }
        """;

    public const string Lstm = """
        [Module]
        public partial class LstmCell(int hidden)
        {
            readonly Layer xi = Linear(hidden), hi = Linear(hidden, bias: false), xf = Linear(hidden), hf = Linear(hidden, bias: false);
            readonly Layer xg = Linear(hidden), hg = Linear(hidden, bias: false), xo = Linear(hidden), ho = Linear(hidden, bias: false);

            public (Tensor h, Tensor c) Forward(Tensor x, Tensor h, Tensor c)
            {
                var i = Sigmoid(xi(x) + hi(h));
                var f = Sigmoid(xf(x) + hf(h));
                var g = Tanh(xg(x) + hg(h));
                var o = Sigmoid(xo(x) + ho(h));
                c = f * c + i * g;
                return (o * Tanh(c), c);
            }
        }

        [Model]
        public partial class CharLstm
        {
            const int Steps = 4;
            readonly Layer embed = Linear(8);
            readonly LstmCell cell = new(16);
            readonly Layer head = Linear(27);

            public Tensor Forward([Shape(27)] Tensor x, [Shape(16)] Tensor h, [Shape(16)] Tensor c)
            {
                for (var t = 0; t < Steps; t++)
                    (h, c) = cell.Forward(embed(x), h, c);
                return head(h);
            }

            public Tensor Loss(Tensor output, [Shape(27)] Tensor target) => MseLoss(output, target);
        }
        """;

    public const string Transformer = """
        [Module]
        public partial class Block(int width, int heads)
        {
            readonly Layer norm1 = LayerNorm(), norm2 = LayerNorm();
            readonly AttentionLayer attention = MultiheadAttention(heads, causal: true);
            readonly Layer up = Linear(4 * width), down = Linear(width), drop = Dropout(0.1f);

            public Tensor Forward(Tensor x)
            {
                x = x + attention(norm1(x)).Output;
                return x + drop(down(Gelu(up(norm2(x)))));
            }
        }

        [Model]
        public partial class TinyGpt
        {
            const int Width = 16, Vocabulary = 11;
            readonly EmbeddingLayer tokens = Embedding(Vocabulary, Width);
            readonly Tensor positions = Parameter(6, Width);
            readonly Block[] blocks = Repeat(2, _ => new Block(Width, heads: 4));
            readonly Layer norm = LayerNorm(), head = Linear(Vocabulary, bias: false);

            public Tensor Forward([Shape(6), Classes(Vocabulary)] Labels text)
            {
                var x = tokens(text) + positions;
                foreach (var block in blocks) x = block.Forward(x);
                return head(norm(x));
            }

            public Tensor Loss(Tensor logits, [Shape(6), Classes(Vocabulary)] Labels next) => CrossEntropy(Permute(logits, 0, 2, 1), next);
        }
        """;
}
