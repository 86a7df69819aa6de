using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

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

    readonly Option<int> _epochs = WholeNumber("--epochs", "Passes over the training set.", 8, 1, 10_000);
    readonly Option<int> _batch = WholeNumber("--batch", "Pictures per training step.", 64, 1, 65_536);

    readonly Option<float> _learningRate = new("--lr")
    {
        Description = "Adam's learning rate at the start; it falls to zero along a cosine.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 1e-3f,
        CustomParser = ParseLearningRate,
    };

    readonly Option<uint> _seed = new("--seed")
    {
        Description = "Decides weights, order and drawn digits: the same seed gives the same run.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = ParseSeed,
    };

    readonly Option<int> _threads = WholeNumber(
        "--threads", "Threads to use; the result does not depend on it.", Environment.ProcessorCount, 1, 1024);

    readonly Option<string> _out = new("--out")
    {
        Description = "The folder for the weights and the learning curve; made if it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };

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
            _model, _data, _epochs, _batch, _learningRate, _seed, _threads, _out, _summary,
        };
        root.SetAction(result => run(Options(result)));
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
            throw new UsageException($"{parsed.Errors[0].Message.TrimEnd('.')}; --help lists the options");
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
    }

    DigitsOptions Options(ParseResult result) => new(
        result.GetValue(_model),
        result.GetValue(_data),
        result.GetValue(_epochs),
        result.GetValue(_batch),
        result.GetValue(_learningRate),
        result.GetValue(_seed),
        result.GetValue(_threads),
        result.GetValue(_out)!,
        result.GetValue(_summary));

    static Option<int> WholeNumber(string name, string description, int usual, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = argument =>
        {
            string text = Text(argument);
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                || value < least || value > most)
                argument.AddError($"{name}: expected a whole number from {least} to {most}, got '{text}'");
            return value;
        },
    };

    static ModelKind ParseModel(ArgumentResult argument)
    {
        string text = Text(argument);
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

    static float ParseLearningRate(ArgumentResult argument)
    {
        string text = Text(argument);
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
            || !(value > 0 && value <= 1))
            argument.AddError($"--lr: expected a number above 0, at most 1, such as 0.001, got '{text}'");
        return value;
    }

    static uint ParseSeed(ArgumentResult argument)
    {
        string text = Text(argument);
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
            argument.AddError($"--seed: expected a whole number from 0 to {uint.MaxValue}, got '{text}'");
        return value;
    }

    static string Text(ArgumentResult argument) => argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
}
