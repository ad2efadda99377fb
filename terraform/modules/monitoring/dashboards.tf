locals {
  # A variable of a dashboard has 500 values at most: where there are more resources of a kind, another dashboard follows
  # for those that are left.
  most_values = 500

  dashboard_scopes = {
    for dashboard in local.document.dashboards : dashboard.name => distinct(flatten([
      for row in dashboard.rows : [for widget in row.widgets : [for series in widget.series : series.scope]]
    ]))
  }
  # The kind of a scope's resources: handlers are functions.
  dashboard_kinds = {
    for name, scopes in local.dashboard_scopes : name => distinct([for scope in scopes : startswith(scope, "handler:") ? "function" : scope])
  }
  dashboard_parts = flatten([
    for dashboard in local.document.dashboards : [
      for part in range(max(concat([1], [
        for variable in local.document.variables :
        ceil(length(local.resources[variable.kind]) / local.most_values) if contains(local.dashboard_kinds[dashboard.name], variable.kind)
        ])...)) : {
        name      = "${local.prefix}-${dashboard.name}${part == 0 ? "" : "-${part + 1}"}"
        dashboard = dashboard.name
        part      = part
      }
    ]
  ])
  dashboards_by_name = { for dashboard in local.document.dashboards : dashboard.name => dashboard }

  trace_group_resources = [for group in local.planned_trace_groups : { name = group.name, short = group.short }]
  dashboard_resources = merge(
    local.resources,
    { "trace-group" = local.trace_group_resources },
    { for group in local.trace_group_resources : "trace-group:${group.short}" => [group] },
  )
  # The resources of each scope on each dashboard.
  part_resources = {
    for each in local.dashboard_parts : each.name => {
      for scope, all in local.dashboard_resources : scope => (
        length(all) <= local.most_values ? all :
        slice(all, min(length(all), each.part * local.most_values), min(length(all), (each.part + 1) * local.most_values))
      )
    }
  }
  # Where a graph would have too many lines, a variable selects the resource that is shown.
  part_variables = {
    for each in local.dashboard_parts : each.name => [
      for variable in local.document.variables : variable
      if contains(local.dashboard_scopes[each.dashboard], variable.kind) &&
      length(local.part_resources[each.name][variable.kind]) > local.document.seriesPerScope
    ]
  }
  shown_resources = {
    for each in local.dashboard_parts : each.name => {
      for scope, all in local.part_resources[each.name] : scope => (
        contains(local.part_variables[each.name][*].kind, scope) ? slice(all, 0, 1) : all
      )
    }
  }

  # The lines of each dashboard: a row, or as many as its alarms need. Widgets as JSON, since their properties differ.
  dashboard_lines = {
    for each in local.dashboard_parts : each.name => flatten([
      for row in local.dashboards_by_name[each.dashboard].rows : concat(
        # 100 alarms in a widget at most, four side by side.
        [
          for arns in chunklist(flatten([
            for widget in row.widgets : [
              for name in widget.alarms : [for alarm in lookup(local.all_alarm_names_by_definition, name, []) : "${local.alarm_arn_prefix}${alarm}"]
            ] if widget.type == "alarm"
            ]), 100) : {
            height = 1 + ceil(length(arns) / 4)
            shown = [for widget in row.widgets : {
              type       = "alarm"
              width      = widget.width
              properties = jsonencode(merge(widget.properties, { alarms = arns }))
            } if widget.type == "alarm"]
          }
        ],
        [
          for shown in [[
            for widget in row.widgets : {
              type  = widget.type
              width = widget.width
              properties = (
                widget.type == "log" ? jsonencode(merge(widget.properties, {
                  query = join(" | ", concat(
                    [
                      for i, function in flatten([for scope in widget.logScopes : lookup(local.part_resources[each.name], scope, [])]) :
                      "SOURCE '/aws/lambda/${function.name}'" if i < 50
                    ],
                    [widget.query],
                  ))
                })) :
                length(widget.series) == 0 ? jsonencode(merge(widget.properties, local.line_annotations[jsonencode(widget.lines)])) :
                "${trimsuffix(jsonencode(merge(widget.properties, local.line_annotations[jsonencode(widget.lines)])), "}")}${length(widget.properties) == 0 ? "" : ","}\"metrics\":[${join(",", local.widget_rows[each.name][jsonencode(widget.series)])}]}"
              )
            }
            if widget.type == "log" ? length(flatten([for scope in widget.logScopes : lookup(local.part_resources[each.name], scope, [])])) > 0 :
            widget.type != "alarm" && (length(widget.series) == 0 || length(lookup(local.widget_rows[each.name], jsonencode(widget.series), [])) > 0)
          ]] : { height = row.height, shown = shown } if length(shown) > 0
        ],
      )
    ])
  }

  # What a widget says of the lines across its graph, by those as JSON: nothing where none of its alarms is planned.
  line_annotations = {
    for text in distinct(flatten([
      for dashboard in local.document.dashboards : [for row in dashboard.rows : [for widget in row.widgets : jsonencode(widget.lines)]]
    ])) :
    text => {
      for lines in [[
        for line in jsondecode(text) :
        merge(line.drawing, { value = line.alarm == null ? line.value : local.alarm_numbers[line.alarm] })
        if line.alarm == null ? true : contains(keys(local.alarm_numbers), line.alarm)
      ]] : "annotations" => { horizontal = lines } if length(lines) > 0
    }
  }

  # The rows of each metric widget as JSON, by its series as JSON: flatten() would take rows apart, which are lists.
  widget_rows = {
    for each in local.dashboard_parts : each.name => {
      for series in distinct(flatten([
        for row in local.dashboards_by_name[each.dashboard].rows : [
          for widget in row.widgets : jsonencode(widget.series) if widget.type == "metric" && length(widget.series) > 0
        ]
      ])) :
      series => flatten([
        for template in jsondecode(series) : [
          for i, resource in lookup(local.shown_resources[each.name], template.scope, []) : [
            for row in template.rows : replace(replace(replace(jsonencode(row),
              "{{name}}", trimsuffix(trimprefix(jsonencode(resource.name), "\""), "\"")),
              "{{short}}", trimsuffix(trimprefix(jsonencode(resource.short), "\""), "\"")),
            "{{i}}", tostring(i))
          ]
        ]
      ])
    }
  }

  # Side by side over all 24 columns, each with its share of what it asks for; one line under the other.
  dashboard_widgets = {
    for name, lines in local.dashboard_lines : name => flatten([
      for l, line in lines : [
        for w, widget in line.shown : jsonencode({
          type       = widget.type
          x          = floor(24 * sum(concat([0], slice(line.shown[*].width, 0, w))) / sum(line.shown[*].width))
          y          = sum(concat([0], slice(lines[*].height, 0, l)))
          width      = (w + 1 == length(line.shown) ? 24 : floor(24 * sum(slice(line.shown[*].width, 0, w + 1)) / sum(line.shown[*].width))) - floor(24 * sum(concat([0], slice(line.shown[*].width, 0, w))) / sum(line.shown[*].width))
          height     = line.height
          properties = jsondecode(widget.properties)
        })
      ]
    ])
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  for_each = { for each in local.dashboard_parts : each.name => each }

  dashboard_name = each.key
  dashboard_body = jsonencode(merge(
    {
      start   = local.dashboards_by_name[each.value.dashboard].start
      widgets = [for widget in local.dashboard_widgets[each.key] : jsondecode(widget)]
    },
    # A conditional would ask both of its results to have one type.
    { for key in ["variables"] : key => [
      for variable in local.part_variables[each.key] : {
        type         = "property"
        property     = variable.property
        inputType    = "select"
        id           = variable.kind
        label        = variable.label
        visible      = true
        defaultValue = local.part_resources[each.key][variable.kind][0].name
        values       = [for resource in local.part_resources[each.key][variable.kind] : { value = resource.name, label = resource.short }]
      }
    ] if length(local.part_variables[each.key]) > 0 },
  ))

  lifecycle {
    precondition {
      condition     = length(local.dashboard_widgets[each.key]) <= 500
      error_message = "A dashboard has 500 widgets at most: split the definition of ${each.value.dashboard}."
    }
  }
}
