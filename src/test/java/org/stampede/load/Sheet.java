package org.stampede.load;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of panels, one below another. Not thread-safe. */
final class Sheet {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 280;
    /** Told apart by those who see fewer colours, too (Okabe and Ito). */
    private static final Color[] COLORS = {
        new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0x888888), new Color(0xcc79a7)
    };

    /** Room for the number on top of the highest bar. */
    private static final double HEADROOM = 1.15;

    /** Room for the numbers, so that panels stand exactly below each other. */
    private static final int AXIS = 70;

    private static final Color PALE = new Color(0xdddddd);

    /** The same in all panels. */
    private final Map<String, Color> colors = new HashMap<>();

    private final List<Chart<?, ?>> panels = new ArrayList<>();

    /** Values at each place of the other axis, by series; null where a series has none. */
    void bars(String title, String unit, List<String> places, Map<String, List<Double>> series) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        dress(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.7);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setLabelsPosition(1.1);
        chart.getStyler().setLabelsFont(font(Font.PLAIN, 11));
        chart.getStyler().setYAxisMin(0.0);
        double most = series.values().stream()
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        chart.getStyler().setYAxisMax(HEADROOM * most);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setLegendVisible(series.size() > 1);
        series.forEach((name, values) -> chart.addSeries(name, places, values).setFillColor(color(name)));
        panels.add(chart);
    }

    /** Values over time, by series; each has its times and its values. */
    void lines(String title, String timeUnit, String unit, Map<String, List<double[]>> series) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(timeUnit)
                .yAxisTitle(unit)
                .build();
        dress(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setXAxisMin(0.0);
        series.forEach((name, points) -> {
            var line = chart.addSeries(name, column(points, 0), column(points, 1));
            line.setMarker(SeriesMarkers.NONE);
            line.setLineColor(color(name));
            line.setLineStyle(new BasicStroke(2));
        });
        panels.add(chart);
    }

    private static double[] column(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).toArray();
    }

    private static void dress(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(PALE);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartTitleFont(font(Font.BOLD, 14));
        styler.setAxisTitleFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setYAxisLeftWidthHint(AXIS);
        styler.setYAxisDecimalPattern("#,##0.#");
        styler.setXAxisDecimalPattern("#,##0.##");
    }

    private Color color(String name) {
        return colors.computeIfAbsent(name, unknown -> COLORS[colors.size() % COLORS.length]);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    boolean isEmpty() {
        return panels.isEmpty();
    }

    void write(Path file) throws IOException {
        var page = new VectorGraphics2D();
        for (Chart<?, ?> panel : panels) {
            panel.paint(page, WIDTH, HEIGHT);
            page.translate(0, HEIGHT);
        }
        var size = new PageSize(WIDTH, (double) HEIGHT * panels.size());
        try (var out = Files.newOutputStream(file)) {
            new SVGProcessor().getDocument(page.getCommands(), size).writeTo(out);
        }
        System.out.println(file);
    }
}
