namespace ModelGen;

/// <summary>One line of a picture.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record SvgCurve(string Name, string Color, (double X, double Y)[] Points);
