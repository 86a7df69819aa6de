using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples;

/// <summary>Options that several samples have. Each value is checked, so that a bad one is answered in one line before any work.</summary>
internal static class SampleOptions
{
    /// <summary>A whole number between bounds.</summary>
    public static Option<int> WholeNumber(string name, string description, int usual, int least, int most) => new(name)
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

    /// <summary><c>--lr</c>.</summary>
    public static Option<float> LearningRate(float usual) => new("--lr")
    {
        Description = "Adam's learning rate at the start; it falls to zero along a cosine.",
        HelpName = "RATE",
        DefaultValueFactory = _ => usual,
        CustomParser = argument =>
        {
            string text = Text(argument);
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                || !(value > 0 && value <= 1))
                argument.AddError($"--lr: expected a number above 0, at most 1, such as 0.001, got '{text}'");
            return value;
        },
    };

    /// <summary><c>--seed</c>.</summary>
    public static Option<uint> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = argument =>
        {
            string text = Text(argument);
            if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
                argument.AddError($"--seed: expected a whole number from 0 to {uint.MaxValue}, got '{text}'");
            return value;
        },
    };

    /// <summary><c>--threads</c>.</summary>
    public static Option<int> Threads() =>
        WholeNumber("--threads", "Threads to use; the result does not depend on it.", Environment.ProcessorCount, 1, 1024);

    /// <summary><c>--out</c>.</summary>
    public static Option<string> Out(string what) => new("--out")
    {
        Description = $"The folder for {what}; made if it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };

    /// <summary>The value as it was typed.</summary>
    public static string Text(ArgumentResult argument) => argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
}
