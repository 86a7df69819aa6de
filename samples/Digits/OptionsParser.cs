using System.CommandLine;
using System.CommandLine.Parsing;
using Samples;

namespace Digits;

/// <summary>Reads the command line; every value is checked here, so that a bad one is answered in one line before any work.</summary>
internal sealed class OptionsParser
{
    readonly Option<ModelKind> _model = new("--model")
    {
        Description = "The network: lenet (convolutional) or mlp (linear layers).",
        HelpName = "lenet|mlp",
        DefaultValueFactory = _ => ModelKind.LeNet,
        CustomParser = ParseModel,
    };

    readonly Option<string?> _data = new("--data")
    {
        Description = "A folder with IDX files (MNIST, Fashion-MNIST; .gz or plain). Without it the sample draws digits itself.",
        HelpName = "DIR",
    };

    readonly Option<int> _epochs = SampleOptions.WholeNumber("--epochs", "Passes over the training set.", 8, 1, 10_000);
    readonly Option<int> _batch = SampleOptions.WholeNumber("--batch", "Pictures per training step.", 64, 1, 65_536);

    readonly Option<float> _learningRate = SampleOptions.LearningRate(1e-3f);
    readonly Option<uint> _seed = SampleOptions.Seed("Decides weights, order and drawn digits: the same seed gives the same run.");
    readonly Option<int> _threads = SampleOptions.Threads();
    readonly Option<string?> _device = Placement.Option();
    readonly Option<string?> _resume = new("--resume")
    {
        Description = "A file that all of training is saved to as it goes, and where it goes on from if the file is there.",
        HelpName = "FILE",
    };

    readonly Option<string> _out = SampleOptions.Out("the weights and the learning curve");

    readonly Option<bool> _summary = new("--summary")
    {
        Description = "Show the network's layers, sizes and diagram, and do not train.",
    };

    /// <summary>
    /// Reads <paramref name="args"/> and hands the options to <paramref name="run"/>, or writes the help that was asked for.
    /// </summary>
    /// <returns>The exit code: that of <paramref name="run"/>, or 0 after help.</returns>
    /// <exception cref="UsageException">An option is unknown or its value is not acceptable.</exception>
    public int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, Func<DigitsOptions, int> run)
    {
        var root = new RootCommand("Trains a network that reads handwritten digits and shows what it learned.")
        {
            _model, _data, _epochs, _batch, _learningRate, _seed, _threads, _device, _resume, _out, _summary,
        };
        return SampleApp.Parse(root, args, output, error, result => run(Options(result)));
    }

    DigitsOptions Options(ParseResult result) => new(
        result.GetValue(_model),
        result.GetValue(_data),
        result.GetValue(_epochs),
        result.GetValue(_batch),
        result.GetValue(_learningRate),
        result.GetValue(_seed),
        result.GetValue(_threads),
        result.GetValue(_device),
        result.GetValue(_resume),
        result.GetValue(_out)!,
        result.GetValue(_summary));

    static ModelKind ParseModel(ArgumentResult argument)
    {
        string text = SampleOptions.Text(argument);
        switch (text.ToLowerInvariant())
        {
            case "lenet":
                return ModelKind.LeNet;
            case "mlp":
                return ModelKind.Mlp;
            default:
                argument.AddError($"--model: expected lenet or mlp, got '{text}'");
                return default;
        }
    }
}
